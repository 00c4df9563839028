//! Tests when a home is here, new, another or gone, and that nothing is then lost.

use super::*;
use cachette_folder::Place;

use crate::tests::Home;

/// A home and the folder in which it is remembered.
struct Setting(Home, tempfile::TempDir);

impl Setting {
    fn new() -> Setting {
        Setting(Home::new(), tempfile::tempdir().unwrap())
    }

    fn store(&self) -> Store {
        self.0.store().remembering(Some(&Place::below(&self.1.path().join("state"), "homes")))
    }

    /// Changes the memory as if the home were on a device that is missing.
    fn take_the_drive_away(&self) {
        let memory = self.store().memory.unwrap();
        let remembered = memory.read().unwrap();
        memory.write(&self.0.path(), &Remembered { device: u64::MAX, ..remembered });
        fs::remove_dir_all(self.0.path()).unwrap();
    }
}

#[test]
fn another_drive_with_the_device_number_of_the_missing_one_is_not_taken_for_it() {
    let place = Setting::new();
    drop(place.store().claim([]).unwrap());
    let memory = place.store().memory.unwrap();
    let remembered = memory.read().unwrap();
    fs::remove_dir_all(place.0.path()).unwrap();
    memory.write(&place.0.path(), &Remembered { filesystem: Some(u64::MAX), ..remembered.clone() });
    assert_eq!(place.store().presence().unwrap(), Presence::Gone);
    // An earlier version remembered the device alone.
    memory.write(&place.0.path(), &Remembered { filesystem: None, ..remembered });
    assert_eq!(place.store().presence().unwrap(), Presence::Here);
}

#[test]
fn a_first_start_makes_a_home_and_marks_it() {
    let place = Setting::new();
    assert_eq!(place.store().presence().unwrap(), Presence::New);
    assert!(!place.1.path().join("state").exists(), "looking remembers nothing");
    drop(place.store().claim([]).unwrap());
    let mark = fs::read(place.0.path().join(MARKER)).unwrap();
    drop(place.store().claim([]).unwrap());
    assert_eq!(fs::read(place.0.path().join(MARKER)).unwrap(), mark);
    assert_eq!(place.store().presence().unwrap(), Presence::Here);
}

#[test]
fn nothing_is_made_where_a_drive_is_not_mounted_until_a_new_home_is_asked_for() {
    let place = Setting::new();
    drop(place.store().claim([]).unwrap());
    place.take_the_drive_away();
    for empty in [false, true] {
        if empty {
            fs::create_dir(place.0.path()).unwrap();
        }
        let store = place.store();
        assert_eq!(store.presence().unwrap(), Presence::Gone);
        for refused in [store.claim([]).map(drop), store.probe()] {
            let error = refused.unwrap_err();
            assert!(matches!(error, StoreError::Gone { .. }), "{error}");
            assert!(error.to_string().contains("rebuild --new-home"), "{error}");
        }
        assert!(!store.is_writable());
        assert_eq!(place.0.path().exists(), empty);
        assert!(!empty || fs::read_dir(place.0.path()).unwrap().next().is_none());
    }
    place.store().forget().unwrap();
    drop(place.store().claim([]).unwrap());
    assert_eq!(place.store().presence().unwrap(), Presence::Here);
}

#[test]
fn pages_that_a_former_version_saved_in_the_place_of_a_drive_are_no_home_until_that_is_asked_for() {
    let place = Setting::new();
    drop(place.store().claim([]).unwrap());
    place.take_the_drive_away();
    drop(place.0.store().claim([]).unwrap());
    assert!(place.0.path().join("pages").exists() && !place.0.path().join(MARKER).exists());
    assert_eq!(place.store().presence().unwrap(), Presence::Gone);
    place.store().forget().unwrap();
    drop(place.store().claim([]).unwrap());
    assert_eq!(place.store().presence().unwrap(), Presence::Here);
}

#[test]
fn a_home_that_its_owner_deleted_is_begun_anew() {
    let place = Setting::new();
    drop(place.store().claim([]).unwrap());
    fs::remove_dir_all(place.0.path()).unwrap();
    assert_eq!(place.store().presence().unwrap(), Presence::Here);
    fs::create_dir(place.0.path()).unwrap();
    drop(place.store().claim([]).unwrap());
}

#[test]
fn another_home_in_its_place_a_copy_and_one_without_a_mark_are_taken_as_they_are() {
    let (place, other) = (Setting::new(), Setting::new());
    drop(place.store().claim([]).unwrap());
    drop(other.store().claim([]).unwrap());
    fs::copy(other.0.path().join(MARKER), place.0.path().join(MARKER)).unwrap();
    assert_eq!(place.store().presence().unwrap(), Presence::Another);
    drop(place.store().claim([]).unwrap());
    assert_eq!(place.store().presence().unwrap(), Presence::Here, "now it is remembered");
    for damage in ["", "no mark", "zz"] {
        fs::write(place.0.path().join(MARKER), damage).unwrap();
        assert_eq!(place.store().presence().unwrap(), Presence::Here, "its device is there");
        drop(place.store().claim([]).unwrap());
        assert!(marker(&place.store().root().unwrap().unwrap()).unwrap().is_some());
    }
    fs::remove_file(place.0.path().join(MARKER)).unwrap();
    drop(place.store().claim([]).unwrap());
    assert_eq!(place.store().presence().unwrap(), Presence::Here);
}

#[test]
fn a_lost_or_damaged_memory_is_a_first_start() {
    let place = Setting::new();
    drop(place.store().claim([]).unwrap());
    place.take_the_drive_away();
    let memory = place.store().memory.unwrap();
    let file = memory.place.path().join(&memory.name);
    for damage in ["", "mark: x\ndevice: 1\n", "\u{0}", "device: 18446744073709551616\n"] {
        fs::write(&file, damage).unwrap();
        assert_eq!(place.store().presence().unwrap(), Presence::New, "{damage:?}");
    }
}
