//! A browser without script: cookies, links, forms; it follows no redirection by itself.

use std::sync::Arc;
use std::time::Duration;

use reqwest::cookie::{CookieStore, Jar};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, StatusCode};
use scraper::{Html, Selector};

/// Someone's browser.
pub(crate) struct Browser {
    client: Client,
    jar: Arc<Jar>,
    address: String,
}

/// What the server answered.
#[derive(Debug)]
pub(crate) struct Page {
    /// Status.
    pub(crate) status: StatusCode,
    /// Headers.
    pub(crate) headers: HeaderMap,
    /// Body as text.
    pub(crate) body: String,
}

impl Browser {
    /// A browser of the site at `address`.
    pub(crate) fn new(address: &str) -> Self {
        Self::sending(address, HeaderMap::new())
    }

    /// The same, whose requests come through a proxy that says where they come from.
    pub(crate) fn coming_from(address: &str, from: &str) -> Self {
        let header = (
            HeaderName::from_static("x-forwarded-for"),
            from.parse().unwrap(),
        );
        Self::sending(address, HeaderMap::from_iter([header]))
    }

    fn sending(address: &str, headers: HeaderMap) -> Self {
        let jar = Arc::new(Jar::default());
        let client = Client::builder()
            .cookie_provider(Arc::clone(&jar))
            .redirect(Policy::none())
            .default_headers(headers)
            // Shorter than the site keeps a connection: none is used as it closes.
            .pool_idle_timeout(Duration::from_secs(2))
            .build()
            .unwrap();
        Self {
            client,
            jar,
            address: address.to_owned(),
        }
    }

    /// Opens a page.
    pub(crate) async fn get(&self, path: &str) -> Page {
        answer(self.client.get(format!("{}{path}", self.address))).await
    }

    /// Downloads a file: its headers and its bytes.
    pub(crate) async fn download(&self, path: &str) -> (HeaderMap, Vec<u8>) {
        let request = self.client.get(format!("{}{path}", self.address));
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let headers = response.headers().clone();
        (headers, response.bytes().await.unwrap().to_vec())
    }

    /// Presses the one button of the page at `path`: the bytes that it answers.
    pub(crate) async fn press_for_bytes(&self, path: &str) -> (HeaderMap, Vec<u8>) {
        let page = self.get(path).await;
        let hidden = ["csrf", "version"].map(|name| (name, page.value(name)));
        let request = self.client.post(format!("{}{path}", self.address));
        let request = request.header(ORIGIN, &self.address);
        let response = request.form(&hidden).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        let headers = response.headers().clone();
        (headers, response.bytes().await.unwrap().to_vec())
    }

    /// Sends a form, as a page of the site does.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.post_from(&self.address, path, fields).await
    }

    /// Sends a form as a page of `origin` does.
    pub(crate) async fn post_from(
        &self,
        origin: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Page {
        let request = self.client.post(format!("{}{path}", self.address));
        answer(request.header(ORIGIN, origin).form(fields)).await
    }

    /// The value of its `Cookie` header on a page of the back office.
    pub(crate) fn cookies(&self) -> String {
        let address = format!("{}/gestion", self.address).parse().unwrap();
        let cookies = self.jar.cookies(&address).unwrap();
        cookies.to_str().unwrap().to_owned()
    }

    /// Puts a cookie there that the site did not set.
    pub(crate) fn set_cookie(&self, cookie: &str) {
        let address = self.address.parse().unwrap();
        self.jar.add_cookie_str(cookie, &address);
    }

    /// Sends a body of another kind than a form's fields.
    pub(crate) async fn send(&self, path: &str, content_type: &str, body: Vec<u8>) -> Page {
        let request = self.client.post(format!("{}{path}", self.address));
        let request = request
            .header(ORIGIN, &self.address)
            .header(CONTENT_TYPE, content_type);
        answer(request.body(body)).await
    }

    /// Opens the page at `path`, then sends its form to the same address with the page's token.
    pub(crate) async fn fill(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = self.get(path).await.value("csrf");
        let fields = [fields, &[("csrf", &csrf)]].concat();
        self.post(path, &fields).await
    }
}

async fn answer(request: RequestBuilder) -> Page {
    let response = request.send().await.unwrap();
    Page {
        status: response.status(),
        headers: response.headers().clone(),
        body: response.text().await.unwrap(),
    }
}

impl Page {
    /// Where a 303 leads.
    pub(crate) fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text());
        self.headers.get(LOCATION).unwrap().to_str().unwrap()
    }

    /// The `Set-Cookie` line of a cookie, if there is one.
    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.headers
            .get_all(SET_COOKIE)
            .iter()
            .map(|line| line.to_str().unwrap())
            .find(|line| line.starts_with(&format!("{name}=")))
    }

    /// The text of the page, without its markup.
    pub(crate) fn text(&self) -> String {
        let html = Html::parse_document(&self.body);
        let words: Vec<&str> = html
            .root_element()
            .text()
            .flat_map(str::split_whitespace)
            .collect();
        words.join(" ")
    }

    /// The text of each element that a CSS selector finds.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        let html = Html::parse_document(&self.body);
        html.select(&Selector::parse(selector).unwrap())
            .map(|element| {
                let words: Vec<&str> = element.text().flat_map(str::split_whitespace).collect();
                words.join(" ")
            })
            .collect()
    }

    /// An attribute of the first element that a CSS selector finds.
    pub(crate) fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let html = Html::parse_document(&self.body);
        let element = html.select(&Selector::parse(selector).unwrap()).next()?;
        element.attr(name).map(str::to_owned)
    }

    /// An attribute of every element that a CSS selector finds, where it has it.
    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let html = Html::parse_document(&self.body);
        html.select(&Selector::parse(selector).unwrap())
            .filter_map(|element| element.attr(name).map(str::to_owned))
            .collect()
    }

    /// What the input of this name holds.
    pub(crate) fn value(&self, name: &str) -> String {
        let found = self.attribute(&format!("input[name={name}]"), "value");
        assert!(
            found.is_some(),
            "no input {name}: {} {}",
            self.status,
            self.text()
        );
        found.unwrap_or_default()
    }
}
