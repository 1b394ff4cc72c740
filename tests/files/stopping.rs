//! Reading as it goes on: its bytes, and how it is stopped.

use super::*;

#[test]
fn loading_stops_when_nobody_wants_more() {
    let folder = tempfile::tempdir().unwrap();
    for n in 0..50 {
        fs::write(folder.path().join(format!("{n}.json")), DOCUMENT).unwrap();
    }
    let paths = [folder.path().as_os_str().to_owned()];
    let stop = AtomicBool::new(true);
    let ended =
        load::open(&paths, &builtin(), rolescope::say::Language::English, &stop, &mut |_| true);
    assert_eq!(ended.ended, Some(Ended::Stopped));
    assert_eq!(ended.roles, 0);
}

#[test]
fn who_stops_when_all_was_read_leaves_nothing_out() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.json"), DOCUMENT).unwrap();
    let paths = [folder.path().as_os_str().to_owned()];
    let (stop, mut seen) = (AtomicBool::new(false), Vec::new());
    let english = rolescope::say::Language::English;
    let ended = load::open(&paths, &builtin(), english, &stop, &mut |batch| {
        seen.push((batch.progress.files, batch.progress.ended));
        if batch.progress.files == 0 {
            // Longer than batches are held back.
            std::thread::sleep(std::time::Duration::from_millis(60));
        } else {
            stop.store(true, Ordering::Relaxed);
        }
        true
    });
    assert!(seen.contains(&(1, None)), "{seen:?}");
    assert_eq!((ended.ended, ended.files), (Some(Ended::Complete), 1));
}

#[test]
fn the_reading_of_one_large_file_tells_its_bytes_and_can_be_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.json");
    let one = |n| format!("{{\"PolicyName\": \"P{n}\", \"PolicyDocument\": {DOCUMENT}}}");
    // Far more pieces than wait to be taken.
    let all: Vec<String> = (0..40_000).map(one).collect();
    let text = format!("[{}]", all.join(","));
    fs::write(&path, &text).unwrap();
    let (stop, mut seen, mut batches) = (AtomicBool::new(false), Vec::new(), Vec::new());
    let paths = [path.as_os_str().to_owned()];
    let english = rolescope::say::Language::English;
    let ended = load::open(&paths, &builtin(), english, &stop, &mut |batch| {
        seen.push((batch.progress.bytes, batch.progress.ended));
        if batch.progress.bytes == 0 {
            // Longer than batches are held back.
            std::thread::sleep(std::time::Duration::from_millis(60));
        } else {
            stop.store(true, Ordering::Relaxed);
        }
        batches.push(batch);
        true
    });
    let length = text.len() as u64;
    assert!(seen.iter().any(|(bytes, ended)| *bytes > 0 && ended.is_none()), "{seen:?}");
    assert!(seen.is_sorted_by_key(|(bytes, _)| *bytes), "{seen:?}");
    assert_eq!((ended.ended, ended.files), (Some(Ended::Stopped), 1));
    assert!(ended.bytes < length && ended.roles < 40_000, "{ended:?} of {length}");
    // One row is the whole file.
    let told = "It had not come to its end when reading was stopped. The first ";
    let told = format!("{told}{} policies were read.", ended.roles - 1);
    assert_eq!(skipped(&batches), [("all.json".to_owned(), told)]);
    let mut rows = batches.iter().flat_map(|batch| &batch.roles).filter(|row| row.whole_file);
    let note = &rows.next_back().unwrap().role.notes[0].en;
    assert!(note.ends_with(" policies follow; reading was stopped behind them."), "{note}");
}

#[cfg(unix)]
#[test]
fn the_bytes_of_a_pipe_are_told_while_they_come() {
    use std::io::Write as _;
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let (sender, told) = std::sync::mpsc::channel();
    let written = pipe.clone();
    let writer = std::thread::spawn(move || {
        let mut writer = fs::File::options().write(true).open(written).unwrap();
        writer.write_all(&vec![b' '; 100 << 10]).unwrap();
        // It goes on when what came was told.
        let first = told.recv_timeout(std::time::Duration::from_secs(60));
        assert_eq!(first, Ok((64 << 10, 0)));
        writer.write_all(DOCUMENT.as_bytes()).unwrap();
    });
    let paths = [pipe.as_os_str().to_owned()];
    let (english, stop) = (rolescope::say::Language::English, AtomicBool::new(false));
    let ended = load::open(&paths, &builtin(), english, &stop, &mut |batch| {
        if batch.progress.bytes > 0 {
            let _ = sender.send((batch.progress.bytes, batch.progress.files));
        }
        true
    });
    writer.join().unwrap();
    let bytes = (100 << 10) + DOCUMENT.len() as u64;
    assert_eq!((ended.ended, ended.files, ended.bytes), (Some(Ended::Complete), 1, bytes));
}

#[test]
fn the_beginning_of_a_large_file_that_is_no_text_is_not_called_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("odd.json");
    fs::write(&path, [DOCUMENT.as_bytes(), &vec![b' '; 1 << 20], b"\xff"].concat()).unwrap();
    let batches = open(&[&path]);
    assert_eq!(skipped(&batches).len(), 1);
    let mut rows = batches.iter().flat_map(|batch| &batch.roles);
    let note = &rows.next_back().unwrap().role.notes[0].en;
    assert_eq!(note, "This is the beginning of the file; the rest was not read.");
}

#[test]
fn a_fault_of_who_takes_what_was_read_is_heard_of_and_keeps_nobody_waiting() {
    let folder = tempfile::tempdir().unwrap();
    // Far more files than wait to be taken.
    for n in 0..200 {
        fs::write(folder.path().join(format!("{n}.json")), DOCUMENT).unwrap();
    }
    let paths = [folder.path().as_os_str().to_owned()];
    let (sender, ended) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let english = rolescope::say::Language::English;
        let stop = AtomicBool::new(false);
        let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            load::open(&paths, &builtin(), english, &stop, &mut |batch| {
                assert_eq!(batch.progress.files, 0, "the fault that is meant here");
                true
            })
        }));
        sender.send((read.is_err(), stop.load(Ordering::Relaxed))).unwrap();
    });
    let ended = ended.recv_timeout(std::time::Duration::from_secs(60));
    assert_eq!(ended, Ok((true, true)), "reading goes on, or waits for ever");
}
