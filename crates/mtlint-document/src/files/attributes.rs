//! What a file is beside its content: whose it is, who may do what with it, what is noted on it.

use std::fs::{File, Metadata};
use std::io;

/// Gives `new` the owner, group, extended attributes and permissions of `old`.
///
/// # Errors
/// When the system does not allow it. Says what, so that the old file can be left alone.
pub(super) fn copy(old: &File, metadata: &Metadata, new: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        copy_owner(metadata, new)?;
        copy_extended(old, new)?;
    }
    #[cfg(not(unix))]
    let _ = old;
    // Last: a change of owner takes some permissions away.
    new.set_permissions(metadata.permissions())
}

/// Why a file cannot be replaced without loss, if that is so.
pub(super) fn refuse(metadata: &Metadata) -> io::Result<()> {
    // To replace it would work all the same, but whoever made it so did not want it.
    if metadata.permissions().readonly() {
        return Err(io::Error::other("it is read-only"));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if metadata.nlink() > 1 {
            return Err(io::Error::other("it has several names (hard links), which would come apart"));
        }
    }
    Ok(())
}

#[cfg(unix)]
fn copy_owner(metadata: &Metadata, new: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = new.metadata()?;
    let differs = |old: u32, new: u32| (old != new).then_some(old);
    let (owner, group) = (differs(metadata.uid(), own.uid()), differs(metadata.gid(), own.gid()));
    if owner.is_none() && group.is_none() {
        return Ok(());
    }
    fchown(new, owner, group).map_err(|_| {
        let whose = if owner.is_some() { "owner" } else { "group" };
        io::Error::other(format!("its {whose} could not be kept, for it is not yours"))
    })
}

#[cfg(unix)]
fn copy_extended(old: &File, new: &File) -> io::Result<()> {
    use xattr::FileExt;
    // A file system without such attributes has none to keep.
    let Ok(names) = old.list_xattr() else { return Ok(()) };
    for name in names {
        let lost = |error: io::Error| {
            io::Error::other(format!("its attribute {} could not be kept: {error}", name.to_string_lossy()))
        };
        let value = old.get_xattr(&name).map_err(lost)?;
        if let Some(value) = value
            && new.get_xattr(&name).ok().flatten().as_ref() != Some(&value)
        {
            new.set_xattr(&name, &value).map_err(lost)?;
        }
    }
    Ok(())
}
