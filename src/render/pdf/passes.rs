//! Typst's loop of layouts, taken apart.
//!
//! `typst::compile` lays a document out until what it tells of itself (page numbers in the contents) agrees
//! with what was asked of it. A layout that is only measured needs one pass, and the loop of the last one
//! may begin with what an earlier layout told instead of with nothing.

use std::sync::Arc;

use comemo::{Constraint, Track};
use typst::World;
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{Content, Output, StyleChain, Target, TargetElem};
use typst::introspection::{EmptyIntrospector, Introspector};
use typst::utils::Protected;
use typst_layout::{PagedDocument, PagedIntrospector};

use crate::render::pdf::world::ProjectWorld;

/// As many passes as `typst::compile` makes before it gives up.
const MOST: usize = 5;

/// What a layout tells of itself: pages and places of its elements.
pub(super) type Told = Arc<PagedIntrospector>;

/// Pages, and the warnings said on the way.
pub(super) struct Set {
    pub(super) document: PagedDocument,
    pub(super) warnings: Vec<SourceDiagnostic>,
}

/// The pages as one pass sets them, which may have wrong numbers in the contents.
pub(super) fn once(world: &ProjectWorld, told: Option<&Told>) -> SourceResult<PagedDocument> {
    let (content, _) = evaluated(world)?;
    pass(world, &content, told).map(|(document, ..)| document)
}

/// The pages as they are when all that they tell agrees, the first pass knowing what an earlier one told.
pub(super) fn settled(world: &ProjectWorld, told: Option<&Told>) -> SourceResult<Set> {
    let (content, mut sink) = evaluated(world)?;
    let mut told = told.cloned();
    for _ in 0..MOST {
        let (document, is_settled, passed) = pass(world, &content, told.as_ref())?;
        if is_settled {
            sink.extend_from_sink(passed);
            let delayed = sink.delayed();
            return match delayed.is_empty() {
                true => Ok(Set { document, warnings: sink.warnings().into_iter().collect() }),
                false => Err(delayed),
            };
        }
        told = Some(Arc::clone(document.introspector()));
    }
    // Typst tells what does not come to rest.
    let warned = typst::compile::<PagedDocument>(world);
    let warnings = warned.warnings.into_iter().collect();
    warned.output.map(|document| Set { document, warnings })
}

fn evaluated(world: &ProjectWorld) -> SourceResult<(Content, Sink)> {
    let mut sink = Sink::new();
    let main = world.main_source();
    let (route, traced) = (Route::default(), Traced::default());
    let world: &dyn World = world;
    let module = typst_eval::eval(
        world.track(),
        world.library(),
        traced.track(),
        sink.track_mut(),
        route.track(),
        main,
    )?;
    Ok((module.content(), sink))
}

/// The pages, whether what they tell is what was told, and what was said on the way.
fn pass(
    world: &ProjectWorld,
    content: &Content,
    told: Option<&Told>,
) -> SourceResult<(PagedDocument, bool, Sink)> {
    let library = world.library();
    let base = StyleChain::new(&library.styles);
    let target = TargetElem::target.set(Target::Paged).wrap();
    let known: &dyn Introspector = match told {
        Some(told) => told.as_ref(),
        None => &EmptyIntrospector,
    };
    let constraint = Constraint::new();
    let traced = Traced::default();
    let mut sink = Sink::new();
    let world: &dyn World = world;
    let mut engine = Engine {
        library,
        world: world.track(),
        introspector: Protected::new(known.track_with(&constraint)),
        traced: traced.track(),
        sink: sink.track_mut(),
        route: Route::default(),
    };
    let document = PagedDocument::create(&mut engine, content, base.chain(&target))?;
    let now: &dyn Introspector = document.introspector().as_ref();
    let is_settled = constraint.validate(now);
    Ok((document, is_settled, sink))
}
