//! The front of the cover as a picture: the cover's own template on a page of a reader's proportions.

use typst::utils::Scalar;
use typst_render::RenderOptions;

use crate::config::{Config, Head, PT_PER_MM, PrintPart};
use crate::render::pdf::embedded::Laid;
use crate::render::{Image, Job, RenderError};
use crate::tree::Proceedings;

/// What shops and readers ask for, in pixels; 8 to 5.
const WIDTH: f64 = 1600.0;

/// The page it is set on, in mm: small, so that the letters can be read on a shelf of covers.
const PAGE: (f64, f64) = (100.0, 160.0);

/// The picture.
pub(super) fn picture(job: &Job<'_>) -> Result<Option<Image>, RenderError> {
    let laid = laid(job);
    comemo::evict(10);
    let laid = laid?;
    let Some(page) = laid.document.pages().first() else { return Ok(None) };
    let pixel_per_pt = Scalar::new(WIDTH / (PAGE.0 * PT_PER_MM));
    let pixels = typst_render::render(page, &RenderOptions { pixel_per_pt, ..RenderOptions::default() });
    let bytes = pixels.encode_png().map_err(|e| RenderError::defect("cover", e))?;
    Ok(Some(Image { bytes, media_type: "image/png" }))
}

fn laid(job: &Job<'_>) -> Result<Laid, RenderError> {
    let (tree, config) = (front(job), small(job.config));
    Laid::common(&Job { tree: &tree, config: &config, press: None, pages: None, cover: None, ..*job })
}

/// The book without what does not stand on its front.
fn front(job: &Job<'_>) -> Proceedings {
    let tree = job.tree;
    let titles = [Some(&tree.title), job.config.briefing.title.as_ref()];
    let title = titles.into_iter().flatten().find(|t| !t.trim().is_empty());
    Proceedings {
        title: title.cloned().unwrap_or_default(),
        event: tree.event.clone(),
        meta: tree.meta.clone(),
        front: tree.front.clone(),
        ..Proceedings::default()
    }
}

/// The settings with the small page, the cover alone on it, in the profile's colours.
fn small(config: &Config) -> Config {
    let mut config = config.clone();
    config.print.parts = Some(vec![PrintPart::Cover]);
    config.distribution = Default::default();
    // A screen has no paper with the name on it.
    config.briefing.head = config.briefing.head.filter(|head| *head != Head::Preprinted);
    let look = &mut config.look;
    (look.page.width, look.page.height) = PAGE;
    (look.page.inside, look.page.top) = (10.0, 12.0);
    (look.page.area_width, look.page.area_height) = (80.0, 138.0);
    look.page.duplex = false;
    (look.text.size, look.text.pitch) = (9.5, 16.5);
    (look.text.rows, look.text.characters) = (23, 24);
    (look.sizes.small, look.sizes.note) = (9.0, 8.0);
    (look.sizes.cover, look.sizes.event, look.sizes.masthead) = (24.0, 13.0, 40.0);
    config
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::{FontRequest, FontSet};
    use crate::render::{Assets, Templates};

    #[test]
    fn a_title_of_any_length_is_on_the_front_as_a_whole() {
        let fonts = FontSet::find(&FontRequest::from_environment()).unwrap();
        let (templates, assets) = (Templates::default(), Assets::new());
        let long = "关于推进“AI+政务服务”2.0平台Kubernetes集群建设和数据共享交换体系改造";
        let titles = [
            "短题".to_owned(),
            long.to_owned(),
            format!("{long} 让群众少跑一次路"),
            "办好民生小事".repeat(34),
        ];
        for title in titles {
            for name in [None, Some("槐江政协简报".to_owned())] {
                let mut config = Config::default();
                config.briefing.name.clone_from(&name);
                config.briefing.number = Some("12".into());
                config.briefing.edition = Some("2".into());
                config.briefing.issuer = Some("政协槐江市委员会办公室".into());
                config.briefing.date = Some("2026-01-07".into());
                let event = "政协槐江市第三届委员会第四次会议大会发言";
                let tree =
                    Proceedings { title: title.clone(), event: Some(event.into()), ..Proceedings::default() };
                let job = Job::new(&tree, &config, &fonts, &templates, &assets);
                let pages = laid(&job).unwrap().document.pages().len();
                assert_eq!(pages, 1, "{title} {name:?}");
            }
        }
    }
}
