//! A real Chromium, driven through chromedriver: keys, focus, accessibility tree, requests.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities, LoggingPrefsLogLevel};

use crate::support::node::Node;

/// Whether pages may run their scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    /// They may.
    On,
    /// The browser runs none.
    Off,
}

/// Width of the window, in CSS pixels: the narrowest a page must serve (WCAG 1.4.10).
pub(crate) const NARROW: u32 = 320;

/// Most presses of the tabulator to reach anything on a page.
const MAX_TABS: usize = 90;
/// Longest wait for a page after a key.
const PATIENCE: Duration = Duration::from_secs(15);

/// A browser at a site, until it is dropped.
pub(crate) struct Chromium {
    /// What commands it.
    pub(crate) driver: WebDriver,
    address: String,
    process: Child,
    /// Ends chromedriver, and the browser with it, when this process ends without dropping anything.
    watchdog: Child,
    _profile: TempDir,
}

impl Chromium {
    /// A browser 320 pixels wide at the site of `address`.
    pub(crate) async fn start(address: &str, script: Script) -> Self {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("{error}: is chromedriver installed? .ci/setup does it"))
            .unwrap();
        let watchdog = watch(process.id());
        let port = port_of(&mut process);
        let server = format!("http://127.0.0.1:{port}");
        let profile = tempfile::tempdir().unwrap();
        let driver = WebDriver::new(server, capabilities(script, &profile))
            .await
            .unwrap();
        // Ended by `drop`, which needs no answer from it.
        driver.clone().leak().unwrap();
        let chromium = Self {
            driver,
            address: address.to_owned(),
            process,
            watchdog,
            _profile: profile,
        };
        let phone =
            json!({ "width": NARROW, "height": 700, "deviceScaleFactor": 1, "mobile": false });
        chromium
            .cdp("Emulation.setDeviceMetricsOverride", phone)
            .await;
        // What it opened by itself is not the site's.
        let _before = chromium.network().await;
        chromium
    }

    /// Opens a page of the site by its address.
    pub(crate) async fn open(&self, path: &str) {
        let url = format!("{}{path}", self.address);
        self.driver.goto(url).await.unwrap();
    }

    /// Path of the page that is open.
    pub(crate) async fn path(&self) -> String {
        self.driver.current_url().await.unwrap().path().to_owned()
    }

    /// Presses keys, one after the other, wherever the focus is.
    pub(crate) async fn press(&self, keys: impl Into<TypingData>) {
        let keys = self.driver.action_chain().send_keys(keys);
        keys.perform().await.unwrap();
    }

    /// What has the focus; none on a page where nothing has it yet.
    pub(crate) async fn focused(&self) -> Option<Node> {
        let active = self.evaluate_object("document.activeElement").await?;
        let what = json!({ "objectId": active, "fetchRelatives": false });
        let tree = self.cdp("Accessibility.getPartialAXTree", what).await;
        let nodes = tree.get("nodes")?.as_array()?;
        let node = Node::read(nodes.first()?)?;
        (node.role != "RootWebArea" && node.role != "none" && node.role != "generic")
            .then_some(node)
    }

    /// Presses the tabulator until the element of this role and name has the focus, and checks on
    /// the way that whatever takes the focus has a name and shows that it has it.
    pub(crate) async fn tab_to(&self, role: &str, name: &str) -> Node {
        let mut passed = Vec::new();
        for _ in 0..MAX_TABS {
            self.press(Key::Tab).await;
            let Some(node) = self.focused().await else {
                continue;
            };
            assert!(
                !node.name.is_empty(),
                "{}: no name: {node:?}",
                self.path().await
            );
            self.shows_its_focus(&node).await;
            if node.role == role && node.name.starts_with(name) {
                return node;
            }
            passed.push(format!("{} « {} »", node.role, node.name));
        }
        panic!(
            "{}: no {role} « {name} » among {passed:#?}",
            self.path().await
        )
    }

    async fn shows_its_focus(&self, node: &Node) {
        // An outline of its own, or of the label that stands for it.
        let shown = self
            .evaluate(
                "(e => [e, e.parentElement, ...(e.labels ?? [])].some(x => { const s = getComputedStyle(x); \
                 return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0; }))(document.activeElement)",
            )
            .await;
        assert_eq!(
            shown,
            json!(true),
            "{}: no visible focus on {node:?}",
            self.path().await
        );
    }

    /// Moves to a control by keyboard, activates it, and waits for the page it leads to.
    pub(crate) async fn follow(&self, role: &str, name: &str, leads_to: &str) {
        self.tab_to(role, name).await;
        self.leave_by(Key::Enter, leads_to).await;
    }

    /// Presses a key that leaves the page, and waits for the one it leads to.
    pub(crate) async fn leave_by(&self, key: impl Into<TypingData>, leads_to: &str) {
        // Tells the page that is left from the one of the same address that may follow.
        let _left = self.evaluate("window.isLeft = true").await;
        self.press(key).await;
        self.arrive(leads_to).await;
    }

    /// Waits until a new page of this path is open and whole.
    async fn arrive(&self, path: &str) {
        let started = Instant::now();
        loop {
            let here = self.path().await;
            let is_whole = "document.readyState === 'complete' && !window.isLeft";
            if here == path && self.evaluate(is_whole).await == json!(true) {
                return;
            }
            if started.elapsed() > PATIENCE {
                let shown = self
                    .evaluate("document.querySelector('main').innerText")
                    .await;
                panic!("{path} was not reached: still at {here}: {shown}");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The accessibility tree, without what it ignores, in the order of the page.
    pub(crate) async fn tree(&self) -> Vec<Node> {
        let tree = self.cdp("Accessibility.getFullAXTree", json!({})).await;
        let nodes = tree.get("nodes").and_then(Value::as_array).unwrap();
        nodes
            .iter()
            .filter(|node| node.get("ignored") != Some(&json!(true)))
            .filter_map(Node::read)
            .collect()
    }

    /// What an expression is worth in the page, whether the page may run scripts or not.
    pub(crate) async fn evaluate(&self, expression: &str) -> Value {
        let asked = json!({ "expression": expression, "returnByValue": true });
        let answer = self.cdp("Runtime.evaluate", asked).await;
        answer.pointer("/result/value").cloned().unwrap_or_default()
    }

    async fn evaluate_object(&self, expression: &str) -> Option<Value> {
        let asked = json!({ "expression": expression });
        let answer = self.cdp("Runtime.evaluate", asked).await;
        answer.pointer("/result/objectId").cloned()
    }

    /// What the browser did on the network since the last time it was asked: name and parameters of
    /// each event.
    pub(crate) async fn network(&self) -> Vec<(String, Value)> {
        let entries = self.driver.get_log("performance").await.unwrap();
        let event = |entry: &str| {
            let told: Value = serde_json::from_str(entry).ok()?;
            let name = told.pointer("/message/method")?.as_str()?.to_owned();
            let about = told.pointer("/message/params")?.clone();
            name.starts_with("Network.").then_some((name, about))
        };
        entries
            .iter()
            .filter_map(|entry| event(&entry.message))
            .collect()
    }

    /// One command of the `DevTools` protocol.
    pub(crate) async fn cdp(&self, command: &str, about: Value) -> Value {
        self.driver.cdp().send_raw(command, about).await.unwrap()
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // The browser hangs on chromedriver by a pipe and ends with it.
        let _ended = self.process.kill();
        let _reaped = self.process.wait();
        drop(self.watchdog.stdin.take());
        let _reaped = self.watchdog.wait();
    }
}

fn capabilities(script: Script, profile: &TempDir) -> ChromeCapabilities {
    let mut chrome = DesiredCapabilities::chrome();
    for argument in [
        "--headless=new",
        // The pages are our own, and no sandbox can be made as root.
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--remote-debugging-pipe",
        "--lang=fr",
    ] {
        chrome.add_arg(argument).unwrap();
    }
    let profile = format!("--user-data-dir={}", profile.path().display());
    chrome.add_arg(&profile).unwrap();
    if script == Script::Off {
        let block = json!({ "profile.managed_default_content_settings.javascript": 2 });
        chrome.add_experimental_option("prefs", block).unwrap();
    }
    chrome
        .set_logging_prefs("performance".to_owned(), LoggingPrefsLogLevel::All)
        .unwrap();
    chrome
}

/// The port that chromedriver says it listens on.
fn port_of(process: &mut Child) -> u16 {
    let said = BufReader::new(process.stdout.take().unwrap());
    let port = said.lines().map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    port.unwrap_or_else(|| panic!("chromedriver did not start"))
}

/// Kills `process` when the pipe from this process closes.
fn watch(process: u32) -> Child {
    Command::new("/bin/sh")
        .args(["-c", r#"cat > /dev/null; kill -KILL "$1""#, "watchdog"])
        .arg(process.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}
