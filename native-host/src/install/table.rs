//! Lists all browsers, in the one table. It says where each keeps its settings and where it looks
//! for host manifests. It is data only.
//!
//! Sources: Chromium's `chrome_paths`, Gecko's `nsXREDirProvider`, and the installers of KeePassXC,
//! Bitwarden, browserpass, plasma-browser-integration and vdhcoapp. Where they disagree, both
//! places are listed.

use super::browser::{Browser, Family, Habits};
use super::place::Place;
use super::place::Root::{Config, Home, Local};

// Other browsers that list Chrome's key read it too.
const CHROME_KEY: &str = r"HKCU\Software\Google\Chrome\NativeMessagingHosts";
const MOZILLA_KEY: &str = r"HKCU\Software\Mozilla\NativeMessagingHosts";

/// The folder for Cachette's own manifests on Windows. The registry names it to each browser.
const WINDOWS_CHROMIUM: Place = Place(Local, "Cachette/native-messaging/chromium");
const WINDOWS_FIREFOX: Place = Place(Local, "Cachette/native-messaging/firefox");

/// Every browser that Cachette can be installed for.
pub const BROWSERS: &[Browser] = &[
    Browser {
        name: "chrome",
        title: "Chrome",
        family: Family::Chromium,
        linux: Habits {
            settings: &[Place(Config, "google-chrome")],
            manifests: &[Place(Config, "google-chrome/NativeMessagingHosts")],
            confined: &[Place(Home, ".var/app/com.google.Chrome")],
            keys: &[],
        },
        macos: Habits {
            settings: &[Place(Config, "Google/Chrome")],
            manifests: &[Place(Config, "Google/Chrome/NativeMessagingHosts")],
            confined: &[],
            keys: &[],
        },
        windows: Habits {
            settings: &[Place(Local, "Google/Chrome/User Data")],
            manifests: &[WINDOWS_CHROMIUM],
            confined: &[],
            keys: &[CHROME_KEY],
        },
    },
    Browser {
        name: "chromium",
        title: "Chromium",
        family: Family::Chromium,
        linux: Habits {
            settings: &[Place(Config, "chromium")],
            manifests: &[Place(Config, "chromium/NativeMessagingHosts")],
            confined: &[Place(Home, "snap/chromium"), Place(Home, ".var/app/org.chromium.Chromium")],
            keys: &[],
        },
        macos: Habits {
            settings: &[Place(Config, "Chromium")],
            manifests: &[Place(Config, "Chromium/NativeMessagingHosts")],
            confined: &[],
            keys: &[],
        },
        windows: Habits {
            settings: &[Place(Local, "Chromium/User Data")],
            manifests: &[WINDOWS_CHROMIUM],
            confined: &[],
            keys: &[r"HKCU\Software\Chromium\NativeMessagingHosts"],
        },
    },
    Browser {
        name: "brave",
        title: "Brave",
        family: Family::Chromium,
        linux: Habits {
            settings: &[Place(Config, "BraveSoftware/Brave-Browser")],
            manifests: &[Place(Config, "BraveSoftware/Brave-Browser/NativeMessagingHosts")],
            confined: &[Place(Home, "snap/brave"), Place(Home, ".var/app/com.brave.Browser")],
            keys: &[],
        },
        macos: Habits {
            settings: &[Place(Config, "BraveSoftware/Brave-Browser")],
            manifests: &[Place(Config, "BraveSoftware/Brave-Browser/NativeMessagingHosts")],
            confined: &[],
            keys: &[],
        },
        windows: Habits {
            settings: &[Place(Local, "BraveSoftware/Brave-Browser/User Data")],
            manifests: &[WINDOWS_CHROMIUM],
            confined: &[],
            keys: &[CHROME_KEY, r"HKCU\Software\BraveSoftware\Brave-Browser\NativeMessagingHosts"],
        },
    },
    Browser {
        name: "edge",
        title: "Edge",
        family: Family::Chromium,
        linux: Habits {
            settings: &[Place(Config, "microsoft-edge")],
            manifests: &[Place(Config, "microsoft-edge/NativeMessagingHosts")],
            confined: &[Place(Home, ".var/app/com.microsoft.Edge")],
            keys: &[],
        },
        macos: Habits {
            settings: &[Place(Config, "Microsoft Edge")],
            manifests: &[Place(Config, "Microsoft Edge/NativeMessagingHosts")],
            confined: &[],
            keys: &[],
        },
        windows: Habits {
            settings: &[Place(Local, "Microsoft/Edge/User Data")],
            manifests: &[WINDOWS_CHROMIUM],
            confined: &[],
            keys: &[r"HKCU\Software\Microsoft\Edge\NativeMessagingHosts"],
        },
    },
    Browser {
        name: "vivaldi",
        title: "Vivaldi",
        family: Family::Chromium,
        linux: Habits {
            settings: &[Place(Config, "vivaldi")],
            manifests: &[Place(Config, "vivaldi/NativeMessagingHosts")],
            confined: &[Place(Home, ".var/app/com.vivaldi.Vivaldi")],
            keys: &[],
        },
        macos: Habits {
            settings: &[Place(Config, "Vivaldi")],
            manifests: &[Place(Config, "Vivaldi/NativeMessagingHosts")],
            confined: &[],
            keys: &[],
        },
        windows: Habits {
            settings: &[Place(Local, "Vivaldi/User Data")],
            manifests: &[WINDOWS_CHROMIUM],
            confined: &[],
            keys: &[CHROME_KEY, r"HKCU\Software\Vivaldi\NativeMessagingHosts"],
        },
    },
    Browser {
        name: "opera",
        title: "Opera",
        family: Family::Chromium,
        linux: Habits {
            settings: &[Place(Config, "opera")],
            manifests: &[Place(Config, "opera/NativeMessagingHosts")],
            confined: &[Place(Home, "snap/opera"), Place(Home, ".var/app/com.opera.Opera")],
            keys: &[],
        },
        macos: Habits {
            settings: &[Place(Config, "com.operasoftware.Opera"), Place(Config, "Opera")],
            // Installers write to the second; the first follows Chromium's own rule, a folder of
            // the profile root.
            manifests: &[
                Place(Config, "com.operasoftware.Opera/NativeMessagingHosts"),
                Place(Config, "Opera/NativeMessagingHosts"),
            ],
            confined: &[],
            keys: &[],
        },
        windows: Habits {
            settings: &[Place(Config, "Opera Software/Opera Stable")],
            manifests: &[WINDOWS_CHROMIUM],
            confined: &[],
            keys: &[CHROME_KEY, r"HKCU\Software\Opera Software\NativeMessagingHosts"],
        },
    },
    Browser {
        name: "firefox",
        title: "Firefox",
        family: Family::Firefox,
        linux: Habits {
            // Since version 147 profiles are below ~/.config/mozilla, while manifests are still
            // read from ~/.mozilla.
            settings: &[Place(Home, ".mozilla"), Place(Config, "mozilla"), Place(Home, "snap/firefox")],
            manifests: &[Place(Home, ".mozilla/native-messaging-hosts")],
            confined: &[Place(Home, "snap/firefox"), Place(Home, ".var/app/org.mozilla.firefox")],
            keys: &[],
        },
        macos: Habits {
            settings: &[Place(Config, "Firefox")],
            manifests: &[Place(Config, "Mozilla/NativeMessagingHosts")],
            confined: &[],
            keys: &[],
        },
        windows: Habits {
            settings: &[Place(Config, "Mozilla/Firefox")],
            manifests: &[WINDOWS_FIREFOX],
            confined: &[],
            keys: &[MOZILLA_KEY],
        },
    },
    Browser {
        name: "librewolf",
        title: "LibreWolf",
        family: Family::Firefox,
        linux: Habits {
            settings: &[Place(Home, ".librewolf"), Place(Config, "librewolf")],
            manifests: &[Place(Home, ".librewolf/native-messaging-hosts")],
            confined: &[Place(Home, ".var/app/io.gitlab.librewolf-community")],
            keys: &[],
        },
        macos: Habits {
            settings: &[Place(Config, "librewolf")],
            manifests: &[
                Place(Config, "librewolf/NativeMessagingHosts"),
                Place(Config, "Mozilla/NativeMessagingHosts"),
            ],
            confined: &[],
            keys: &[],
        },
        windows: Habits {
            settings: &[Place(Config, "librewolf")],
            manifests: &[WINDOWS_FIREFOX],
            confined: &[],
            keys: &[MOZILLA_KEY],
        },
    },
    Browser {
        name: "waterfox",
        title: "Waterfox",
        family: Family::Firefox,
        linux: Habits {
            settings: &[Place(Home, ".waterfox")],
            manifests: &[Place(Home, ".waterfox/native-messaging-hosts")],
            confined: &[Place(Home, ".var/app/net.waterfox.waterfox")],
            keys: &[],
        },
        macos: Habits {
            settings: &[Place(Config, "Waterfox")],
            manifests: &[Place(Config, "Waterfox/NativeMessagingHosts"), Place(Config, "Mozilla/NativeMessagingHosts")],
            confined: &[],
            keys: &[],
        },
        windows: Habits {
            settings: &[Place(Config, "Waterfox")],
            manifests: &[WINDOWS_FIREFOX],
            confined: &[],
            keys: &[MOZILLA_KEY],
        },
    },
];
