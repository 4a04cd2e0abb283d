//! The rules of words and marks find what is wrong in the real text and nothing else, and nothing in clean
//! prose.
