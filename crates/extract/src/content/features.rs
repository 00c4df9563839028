//! Collects the features by which the router decides. They are the page's declarations, its
//! address, and counts over its outline.

use std::collections::HashMap;

use dom_query::Document;

use super::outline::{At, Outline};
use super::plan::Plan;
use super::repository;
use super::roles::Roles;
use cachette_dom::name_of;
use cachette_dom::word_list::WordList;

mod address;

/// Elements that declare types, the kind of the page, or the tool that made it.
const DECLARING: &str = "script[type='application/ld+json'], meta[property='og:type'], meta[name='og:type'], \
                         meta[name='generator'], [itemtype]";

/// Documentation tools, by the name that they write into `<meta name=generator>`.
static TOOLS: WordList = WordList::of(include_str!("features/documentation_tools.txt"));

/// Classes and ids that such tools write.
static TOOL_CLASSES: WordList = WordList::of(include_str!("features/documentation_classes.txt"));

/// The counts and declarations of one page.
#[derive(Debug, Default)]
pub(crate) struct PageFeatures {
    /// The schema.org types named in JSON-LD or microdata.
    pub(crate) types: Vec<String>,
    pub(crate) og_type: String,
    pub(crate) products: u32,
    pub(crate) is_made_by_documentation_tool: bool,
    pub(crate) documentation_marks: u32,
    pub(crate) is_documentation_address: bool,
    pub(crate) is_search_address: bool,
    pub(crate) is_product_address: bool,
    /// Whether the address is that of a category, a shop or a tag.
    pub(crate) is_catalog_address: bool,
    /// Whether the address is that of a site's front page, or of a page about services, people or
    /// places.
    pub(crate) is_service_address: bool,
    /// How many long `<article>` elements the region contains.
    pub(crate) stories: u32,
    /// How many articles are declared.
    pub(crate) articles: u32,
    pub(crate) has_code: bool,
    pub(crate) has_tree_menu: bool,
    pub(crate) has_readme: bool,
    pub(crate) has_file_table: bool,
    pub(crate) has_cart: bool,
    pub(crate) prices: u32,
    /// The size of the largest group of siblings that look alike and each contain a link.
    pub(crate) cards: u32,
    /// The characters in those siblings.
    pub(crate) card_chars: u32,
    /// How many of the cards have a price.
    pub(crate) priced_cards: u32,
    /// The characters in paragraphs that consist of sentences and are not cards.
    pub(crate) prose: u32,
    /// The share of the region's text in one run of such paragraphs.
    pub(crate) running: f32,
    pub(crate) chars: u32,
}

const ARTICLES: [&str; 14] = [
    "Article",
    "NewsArticle",
    "BlogPosting",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "BackgroundNewsArticle",
    "ReviewNewsArticle",
    "ScholarlyArticle",
    "MedicalScholarlyArticle",
    "LiveBlogPosting",
    "SocialMediaPosting",
    "Recipe",
    "HowTo",
];

impl PageFeatures {
    /// Collects the features. `region` is the plan of the main region; text around it does not
    /// count.
    pub(crate) fn of(outline: &Outline<'_>, region: &Plan, url: Option<&str>) -> PageFeatures {
        let mut features = PageFeatures::default();
        features.declarations(outline.document);
        features.address(url.unwrap_or(""));
        features.structure(outline, region);
        features
    }

    pub(crate) fn declares(&self, types: &[&str]) -> bool {
        self.types.iter().any(|found| types.contains(&found.as_str()))
    }

    pub(crate) fn is_declared_article(&self) -> bool {
        self.articles > 0 && self.articles < 4
    }

    fn declarations(&mut self, document: &Document) {
        for node in document.select(DECLARING).nodes() {
            match &*name_of(node) {
                "script" => {
                    let text = node.text();
                    text.split("\"@type\"").skip(1).flat_map(types_after).for_each(|name| self.found(name));
                }
                "meta" => {
                    let content = node.attr_or("content", "").to_lowercase();
                    if node.attr("name").is_some_and(|name| &*name == "generator") {
                        self.is_made_by_documentation_tool |= TOOLS.is_within(&content);
                    } else {
                        self.og_type = content;
                    }
                }
                _ => {
                    let value = node.attr_or("itemtype", "");
                    if let Some(name) = value.rsplit('/').next() {
                        self.found(name);
                    }
                }
            }
        }
    }

    fn found(&mut self, name: &str) {
        let name = name.rsplit('/').next().unwrap_or(name);
        self.products += u32::from(matches!(name, "Product" | "ProductGroup" | "IndividualProduct"));
        self.articles += u32::from(ARTICLES.contains(&name));
        if self.types.len() < 200 && !self.types.iter().any(|known| known == name) {
            self.types.push(name.to_owned());
        }
    }

    fn structure(&mut self, outline: &Outline<'_>, region: &Plan) {
        self.chars = outline.get(region.root).map_or(0, |item| item.chars);
        let mut groups: HashMap<(At, u64), (u32, u32, u32)> = HashMap::new();
        self.has_cart =
            outline.items().any(|(_, item)| item.roles.any(Roles::CONTROLS) && item.fields > 0 && item.chars < 400);
        let mut in_card = 0;
        let left = region.left(outline);
        let mut prices = vec![0_u32; outline.len() + 1];
        for at in &left {
            let Some(item) = outline.get(*at) else { continue };
            let price = item.roles.any(Roles::PRICE)
                || item.chars < 24 && item.own > 0 && outline.line(*at, 24).is_some_and(|line| is_price(&line));
            if let Some(slot) = prices.get_mut(*at) {
                *slot = u32::from(price);
            }
            self.prices += u32::from(price);
            self.has_code |= item.is("pre");
            self.stories += u32::from(item.is("article") && item.stops > 2);
        }
        // The number of prices before each element.
        let mut before = Vec::with_capacity(prices.len());
        let mut sum = 0;
        for price in &prices {
            before.push(sum);
            sum += price;
        }
        for at in &left {
            let Some(item) = outline.get(*at) else { continue };
            let is_card = item.block
                && item.links > 0
                && (8..1500).contains(&item.chars)
                && !matches!(&*item.name, "p" | "td" | "th" | "tbody" | "dd" | "dt")
                && (item.link_density() > 0.3 || item.titles > 0 && item.chars < 700);
            if is_card {
                let priced = before.get(item.end).copied().unwrap_or(sum) > before.get(*at).copied().unwrap_or(0);
                let group = groups.entry((item.parent, item.shape)).or_default();
                group.0 += 1;
                group.1 += item.chars;
                group.2 += u32::from(priced);
            }
        }
        let cards = |parent: At, shape: u64| groups.get(&(parent, shape)).is_some_and(|group| group.0 >= 4);
        for (count, chars, priced) in groups.values().filter(|group| group.0 >= 4) {
            self.cards = self.cards.max(*count);
            self.card_chars = self.card_chars.max(*chars);
            self.priced_cards = self.priced_cards.max(*priced);
        }
        let mut shown = 0;
        for at in &left {
            let Some(item) = outline.get(*at) else { continue };
            if *at < in_card {
                continue;
            }
            if item.links > 0
                && (item.link_density() > 0.3 || item.titles > 0 && item.chars < 700)
                && cards(item.parent, item.shape)
            {
                in_card = item.end;
                continue;
            }
            if outline.is_leaf(*at) {
                shown += item.chars;
                if item.chars >= 60 && item.stops > 0 && item.link_density() < 0.4 {
                    self.prose += item.chars;
                }
            }
        }
        self.running = self.prose as f32 / shown.max(1) as f32;
        let mut files = 0;
        for (_, item) in outline.items() {
            if item.roles == Roles::default() && !item.block && !item.is("a") {
                continue;
            }
            let node = dom_query::NodeRef { id: item.id, tree: &outline.document.tree };
            let named =
                |value: &str| value.split_ascii_whitespace().any(|name| TOOL_CLASSES.has(&name.to_ascii_lowercase()));
            if node.attr("class").is_some_and(|class| named(&class)) || node.attr("id").is_some_and(|id| named(&id)) {
                self.documentation_marks += 1;
            }
            self.has_readme |= repository::is_readme(&node) && item.chars > 80;
            if item.is("a")
                && node.attr("href").is_some_and(|href| {
                    ["/blob/", "/tree/", "/src/branch/", "/-/"].iter().any(|part| href.contains(part))
                })
            {
                files += 1;
            }
            self.has_tree_menu |= item.roles.any(Roles::NAVIGATION.or(Roles::SIDEBAR)) && item.links >= 15;
        }
        self.has_file_table = files >= 4;
    }
}

/// Whether a short line is an amount of money.
pub(super) fn is_price(line: &str) -> bool {
    let currency = ["$", "€", "£", "¥", "₹", "₽", "zł", "kr", "chf", "usd", "eur", "円", "元", "원", "r$", "₺"];
    // Most lines have no digit, or more letters than an amount.
    if !line.bytes().any(|byte| byte.is_ascii_digit()) || line.chars().filter(|c| c.is_alphabetic()).nth(8).is_some() {
        return false;
    }
    let lower = line.to_lowercase();
    currency.iter().any(|sign| lower.contains(sign))
}

/// Returns the first types after a `"@type"`: one, or those of a list.
fn types_after(text: &str) -> impl Iterator<Item = &str> {
    let value = text.trim_start().trim_start_matches(':').trim_start();
    let end = value.find(if value.starts_with('[') { ']' } else { ',' }).unwrap_or(value.len()).min(200);
    let value = value.get(..value.floor_char_boundary(end)).unwrap_or("");
    value.split(['[', '"', ',', '}', '\n']).map(str::trim).filter(|name| !name.is_empty()).take(4)
}

#[cfg(test)]
mod tests;
