//! What the linker must be told of an extension module where it does not know by itself, as on macOS.

fn main() {
    pyo3_build_config::add_extension_module_link_args();
}
