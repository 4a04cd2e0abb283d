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
    let (tree, config) = (front(job), small(job.config));
    let job = Job { tree: &tree, config: &config, press: None, pages: None, cover: None, ..*job };
    let laid = Laid::common(&job);
    comemo::evict(10);
    let laid = laid?;
    let Some(page) = laid.document.pages().first() else { return Ok(None) };
    let pixel_per_pt = Scalar::new(WIDTH / (PAGE.0 * PT_PER_MM));
    let pixels = typst_render::render(page, &RenderOptions { pixel_per_pt, ..RenderOptions::default() });
    let bytes = pixels.encode_png().map_err(|e| RenderError::defect("cover", e))?;
    Ok(Some(Image { bytes, media_type: "image/png" }))
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
