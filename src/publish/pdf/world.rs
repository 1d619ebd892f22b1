//! What the typesetter can see: the template, the embedded fonts, the inputs. No clock.

use typst::diag::FileResult;
use typst::foundations::{Bytes, Datetime, Dict, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_as_lib::TypstWorld;

/// The world of `typst-as-lib` with another library and without its clock.
///
/// The library is replaced because row headers of tables (`pdf.header-cell`), which an accessible
/// table needs, stand behind the feature `A11yExtras`; the clock is taken away so that a template
/// cannot make two runs differ.
pub struct ReportWorld<'engine> {
    inner: TypstWorld<'engine>,
    library: LazyHash<Library>,
}

impl<'engine> ReportWorld<'engine> {
    pub fn new(inner: TypstWorld<'engine>, inputs: Dict) -> Self {
        let library = Library::builder().with_inputs(inputs).with_features([Feature::A11yExtras].into_iter().collect()).build();
        Self { inner, library: LazyHash::new(library) }
    }
}

impl World for ReportWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.inner.book()
    }

    fn main(&self) -> FileId {
        self.inner.main()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.inner.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.inner.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.inner.font(index)
    }

    /// `datetime.today()` in a template is an error.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
