//! The folders of config and state: the XDG ones on every system, also on macOS.

use std::path::PathBuf;

/// A variable of the environment; an empty one counts as missing.
pub type Variable<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The variables of this process.
pub fn process(name: &str) -> Option<String> {
    std::env::var_os(name)
        .filter(|value| !value.is_empty())
        .map(|value| value.to_string_lossy().into_owned())
}

/// The config file: `rolescope/config.toml` below `XDG_CONFIG_HOME` or `~/.config`. None without a home.
pub fn config_file(variable: Variable<'_>) -> Option<PathBuf> {
    Some(base(variable, "XDG_CONFIG_HOME", &[".config"])?.join("config.toml"))
}

/// The state file: `rolescope/state.json` below `XDG_STATE_HOME` or `~/.local/state`. None without a home.
pub fn state_file(variable: Variable<'_>) -> Option<PathBuf> {
    Some(base(variable, "XDG_STATE_HOME", &[".local", "state"])?.join("state.json"))
}

/// A path as people write it: `~` is the home folder, and others start from the folder of the file they stand in.
pub fn written(path: &str, beside: Option<&std::path::Path>, variable: Variable<'_>) -> PathBuf {
    if let Some(rest) = path.strip_prefix("~/")
        && let Some(home) = variable("HOME")
    {
        return PathBuf::from(home).join(rest);
    }
    match beside.and_then(std::path::Path::parent) {
        Some(folder) => folder.join(path),
        None => PathBuf::from(path),
    }
}

/// The XDG rule: a relative path in the variable is ignored.
fn base(variable: Variable<'_>, name: &str, below_home: &[&str]) -> Option<PathBuf> {
    let given = variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = given.or_else(|| {
        let home = PathBuf::from(variable("HOME").filter(|home| !home.is_empty())?);
        Some(below_home.iter().fold(home, |path, part| path.join(part)))
    })?;
    Some(base.join("rolescope"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_follow_the_xdg_rule() {
        let lookup = |name: &str| match name {
            "HOME" => Some("/h".to_owned()),
            "XDG_CONFIG_HOME" => Some("/c".to_owned()),
            "XDG_STATE_HOME" => Some("relative".to_owned()),
            _ => None,
        };
        assert_eq!(config_file(&lookup), Some("/c/rolescope/config.toml".into()));
        assert_eq!(state_file(&lookup), Some("/h/.local/state/rolescope/state.json".into()));
        assert_eq!(config_file(&|_| None), None);
        assert_eq!(written("~/a", None, &lookup), PathBuf::from("/h/a"));
        let beside = PathBuf::from("/c/rolescope/config.toml");
        assert_eq!(written("own", Some(&beside), &lookup), PathBuf::from("/c/rolescope/own"));
        assert_eq!(written("/own", Some(&beside), &lookup), PathBuf::from("/own"));
    }
}
