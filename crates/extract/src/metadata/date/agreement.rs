//! Weighs the dates of several sources against each other. It does not read dates itself.

use super::Dated;

/// Removes a time of publication that only repeats the time of the last change. It does so if the
/// other source gives an earlier day.
pub(super) fn without_copies(data: (Dated, &Dated), meta: (Dated, &Dated)) -> (Dated, Dated) {
    let text = |date: &Dated| date.as_ref().map(|(_, date)| date.clone());
    let copies = |(published, modified): (&Dated, &Dated)| published.is_some() && text(published) == text(modified);
    let day = |date: &Dated| date.as_ref().and_then(|(_, date)| date.get(..10).map(str::to_owned));
    let (own, other) = (day(&data.0), day(&meta.0));
    if own.is_none() || other.is_none() || own == other {
        return (data.0, meta.0);
    }
    // The `created` of library catalogues is earlier than publication.
    let is_card = meta.0.as_ref().is_some_and(|(source, _)| *source == "og");
    if other < own && is_card && copies((&data.0, data.1)) {
        (None, meta.0)
    } else if own < other && copies((&meta.0, meta.1)) {
        (data.0, None)
    } else {
        (data.0, meta.0)
    }
}

/// Returns the day next to the title if the page repeats it, although the data give another. A
/// template's time in `<meta>` alone does not outweigh the day that readers see. `has_data` means
/// that the data gave a day, even if only as a copy.
pub(super) fn outvoted(in_data: &Dated, in_meta: &Dated, shown: &Dated, others: &[Dated], has_data: bool) -> Dated {
    let day = |date: &Dated| date.as_ref().and_then(|(_, date)| date.get(..10).map(str::to_owned));
    let (first, seen) = (day(in_data).or_else(|| day(in_meta))?, day(shown)?);
    let agreed = others.iter().filter(|other| day(other).as_ref() == Some(&seen)).count();
    let against = others.iter().filter(|other| day(other).as_ref() == Some(&first)).count();
    let timed = shown.as_ref().is_some_and(|(source, _)| *source == "time");
    let wins = first != seen && (agreed > 0 || !has_data && timed && against < 2);
    shown.clone().filter(|_| wins)
}

/// Returns the day that readers see, if the machine-readable time is in UTC and on an adjacent day.
pub(super) fn as_shown(found: (&'static str, String), shown: [&Dated; 2]) -> (&'static str, String) {
    let day = |date: &str| date.get(..10)?.parse::<jiff::civil::Date>().ok();
    let hour = found.1.get(11..13).and_then(|hour| hour.parse::<u8>().ok());
    let (Some(exact), Some(hour)) =
        (day(&found.1), hour.filter(|_| found.1.ends_with('Z') || found.1.ends_with("+00:00")))
    else {
        return found;
    };
    for (source, date) in shown.into_iter().flatten() {
        // Another time of day is another event, such as a change.
        let instant = |text: &str| text.parse::<jiff::Timestamp>().ok();
        if instant(date).zip(instant(&found.1)).is_some_and(|(one, other)| one != other) {
            continue;
        }
        let Some(shown) = day(date) else { continue };
        // East of Greenwich the next day may already have begun; west of it, the previous day may
        // not have ended.
        let east = hour >= 11 && exact.tomorrow().is_ok_and(|next| next == shown);
        let west = hour < 12 && exact.yesterday().is_ok_and(|before| before == shown);
        if east || west {
            return (source, shown.to_string());
        }
        if shown == exact {
            break;
        }
    }
    found
}
