//! Room in lists that grow to hundreds of thousands of items: a list that grows by itself has room for twice as many as
//! it holds in the end. Here it is an eighth more at most; the memory of such a list is mostly moved, not copied.

/// One part of so many is kept free.
const PART: usize = 8;

/// Makes room for so many more items.
pub fn make<T>(list: &mut Vec<T>, more: usize) {
    if list.capacity() - list.len() < more {
        list.reserve_exact(more.max(list.len() / PART));
    }
}

/// The same for bytes of a text.
pub fn make_for_text(text: &mut String, more: usize) {
    if text.capacity() - text.len() < more {
        text.reserve_exact(more.max(text.len() / PART));
    }
}
