//! What is served, as OpenAPI 3.1 describes it: written from the types that are read and sent.

use crate::languagetool::{self, Language, PARAMETERS, Written};
use crate::problem::{JsonProblem, PROBLEM_JSON};
use mtlint_engine::rule::Registry;
use mtlint_lang::identify;
use mtlint_report::{fix_schema, json_schema, score_schema};
use mtlint_requests::Request;
use schemars::{Schema, schema_for};
use serde_json::{Map, Value, json};

/// Where the schemas of a document lie, and where OpenAPI looks for them.
const DEFINITIONS: &str = "#/$defs/";
const COMPONENTS: &str = "#/components/schemas/";

/// The description of a service that has these rules.
pub(crate) fn openapi(registry: &Registry) -> Value {
    let mut schemas = Schemas::default();
    let request = schemas.add("Request", schema_for!(Request));
    // What the types do not tell.
    let properties = properties_of(&mut schemas.all, "Request");
    for field in ["language", "source_language"] {
        properties[field]["pattern"] = language_pattern().into();
    }
    let selectors =
        registry.families().into_iter().chain(registry.rules().iter().map(|rule| rule.id.as_str()));
    let selectors: Vec<&str> = ["all"].into_iter().chain(selectors).collect();
    schemas.all.insert("Selector".to_owned(), json!({ "enum": selectors }));
    for field in ["select", "ignore"] {
        properties_of(&mut schemas.all, "Request")[field]["items"] =
            json!({ "$ref": format!("{COMPONENTS}Selector") });
    }
    let report = schemas.add("Report", json_schema());
    let fixed = schemas.add("FixReport", fix_schema());
    let score = schemas.add("ScoreReport", score_schema());
    let problem = schemas.add("Problem", schema_for!(JsonProblem<'static>));
    let answer = schemas.add("LanguageToolAnswer", schema_for!(languagetool::Answer));
    let languages = schemas.add("LanguageToolLanguages", schema_for!(Vec<Language>));
    let own = |id: &str, summary: &str, answer: &Value| {
        json!({ "post": {
            "operationId": id,
            "tags": ["mtlint"],
            "summary": summary,
            "requestBody": { "required": true, "content": { "application/json": { "schema": request } } },
            "responses": responses(json!({ "application/json": { "schema": answer } }), true),
        } })
    };
    let plain = |id: &str, summary: &str, media_type: &str, schema: Value| {
        json!({ "get": {
            "operationId": id,
            "tags": ["operation"],
            "summary": summary,
            "responses": { "200": { "description": "It is as it should be.", "content": { media_type: { "schema": schema } } } },
        } })
    };
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "mtlint",
            "summary": "The linter for machine-translated text as a service",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "tags": [
            { "name": "mtlint", "description": "Reports of `mtlint check --format json`, fixes and scores" },
            { "name": "LanguageTool", "description": "For clients of LanguageTool" },
            { "name": "operation", "description": "For whoever runs the service" },
        ],
        "paths": {
            "/v1/check": own("check", "What is found in a text", &report),
            "/v1/fix": own("fix", "A text with its fixes applied, and what is still found in it", &fixed),
            "/v1/score": own("score", "The MQM score of a text", &score),
            "/v2/check": {
                "get": {
                    "operationId": "languageToolCheckQuery",
                    "tags": ["LanguageTool"],
                    "summary": "What is found in a short text",
                    "parameters": query_parameters(),
                    "responses": responses(json!({ "application/json": { "schema": answer } }), false),
                },
                "post": {
                    "operationId": "languageToolCheck",
                    "tags": ["LanguageTool"],
                    "summary": "What is found in a text",
                    "requestBody": {
                        "required": true,
                        "content": {
                            "application/x-www-form-urlencoded": {
                                "schema": fields(false),
                                "encoding": { "data": { "contentType": "application/json" } },
                            },
                            "application/json": { "schema": fields(true) },
                        },
                    },
                    "responses": responses(json!({ "application/json": { "schema": answer } }), false),
                },
            },
            "/v2/languages": plain("languageToolLanguages", "The languages that are known", "application/json", languages),
            "/healthz": plain("health", "Whether it serves", "text/plain", json!({ "type": "string" })),
            "/metrics": plain("metrics", "What Prometheus reads", "application/openmetrics-text", json!({ "type": "string" })),
            "/openapi.json": plain("description", "This description", "application/json", json!({ "type": "object" })),
        },
        "components": { "schemas": schemas.all, "responses": refusals(&problem) },
    })
}

/// The schemas that the description refers to.
#[derive(Default)]
struct Schemas {
    all: Map<String, Value>,
}

impl Schemas {
    /// Adds a schema with all that it is made of, and gives a reference to it.
    fn add(&mut self, name: &str, schema: Schema) -> Value {
        let mut schema = schema.to_value();
        point_to_components(&mut schema);
        if let Some(object) = schema.as_object_mut() {
            object.remove("$schema");
            if let Some(Value::Object(definitions)) = object.remove("$defs") {
                for (name, definition) in definitions {
                    let known = self.all.insert(name, definition.clone());
                    debug_assert!(known.is_none_or(|known| known == definition), "two schemas of one name");
                }
            }
        }
        self.all.insert(name.to_owned(), schema);
        json!({ "$ref": format!("{COMPONENTS}{name}") })
    }
}

fn point_to_components(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(reference)) = object.get_mut("$ref")
                && let Some(name) = reference.strip_prefix(DEFINITIONS)
            {
                *reference = format!("{COMPONENTS}{name}");
            }
            object.values_mut().for_each(point_to_components);
        }
        Value::Array(list) => list.iter_mut().for_each(point_to_components),
        _ => {}
    }
}

fn properties_of<'s>(schemas: &'s mut Map<String, Value>, name: &str) -> &'s mut Value {
    &mut schemas[name]["properties"]
}

/// The tags of the languages that are known, with whatever may follow.
fn language_pattern() -> String {
    let known = identify::known();
    let known: Vec<&str> = known.iter().map(mtlint_lang::Language::as_str).collect();
    format!("^({})([-_][A-Za-z0-9-]+)?$", known.join("|"))
}

/// The parameters of LanguageTool's interface in a query, which is for plain texts.
fn query_parameters() -> Vec<Value> {
    let parameter = |(name, written, what): &(&str, Written, &str)| {
        json!({
            "name": name, "in": "query", "description": what,
            "required": matches!(*name, "text" | "language"), "schema": value_schema(*written, false),
        })
    };
    PARAMETERS.iter().filter(|(_, written, _)| *written != Written::Data).map(parameter).collect()
}

/// The same as the fields of a form, or of JSON.
fn fields(is_json: bool) -> Value {
    let field = |(name, written, what): &(&str, Written, &str)| {
        let mut schema = value_schema(*written, is_json);
        schema["description"] = (*what).into();
        ((*name).to_owned(), schema)
    };
    json!({
        "type": "object",
        "required": ["language"],
        "oneOf": [{ "required": ["text"] }, { "required": ["data"] }],
        "properties": PARAMETERS.iter().map(field).collect::<Map<String, Value>>(),
    })
}

/// How a value is written.
fn value_schema(written: Written, is_json: bool) -> Value {
    let text = json!({ "type": "string" });
    match written {
        Written::Text => text,
        Written::Language => json!({ "type": "string", "pattern": format!("^auto$|{}", language_pattern()) }),
        Written::Switch if is_json => json!({ "type": ["boolean", "string"] }),
        Written::List if is_json => json!({ "oneOf": [text, { "type": "array", "items": text }] }),
        Written::Switch | Written::List => text,
        Written::Data => {
            let markup = json!({ "markup": text, "interpretAs": text });
            json!({
                "type": "object",
                "oneOf": [
                    { "required": ["text"], "properties": { "text": text, "annotation": false } },
                    { "required": ["annotation"], "properties": {
                        "text": false,
                        "annotation": { "type": "array", "items": { "type": "object", "oneOf": [
                            { "required": ["text"], "properties": { "text": text, "markup": false, "interpretAs": text } },
                            { "required": ["markup"], "properties": markup, "not": { "required": ["text"] } },
                        ] } },
                    } },
                ],
            })
        }
    }
}

/// What may be answered, beside `content`.
fn responses(content: Value, is_own: bool) -> Value {
    let mut responses = json!({ "200": { "description": "The text was checked.", "content": content } });
    let (statuses, prefix) =
        if is_own { (&REFUSALS[..], "own") } else { (&REFUSALS[..REFUSALS.len() - 1], "told") };
    for (status, _) in statuses {
        responses[*status] = json!({ "$ref": format!("#/components/responses/{prefix}{status}") });
    }
    responses
}

/// Why there may be no answer; the last holds for the own interface alone.
const REFUSALS: [(&str, &str); 7] = [
    ("400", "The request is not as it should be."),
    ("408", "The request did not come in time."),
    ("413", "The request is too large."),
    ("429", "There is no room for the request now. `Retry-After` tells when to try again."),
    ("500", "A fault of mtlint."),
    ("503", "The text was not checked in time."),
    ("415", "The request is not JSON."),
];

/// The refusals of both interfaces: the own one tells them as problem details, that of LanguageTool in plain text.
fn refusals(problem: &Value) -> Value {
    let mut all = Map::new();
    for (status, what) in REFUSALS {
        let own = json!({ PROBLEM_JSON: { "schema": problem } });
        let told = json!({ "text/plain": { "schema": { "type": "string" } } });
        all.insert(format!("own{status}"), json!({ "description": what, "content": own }));
        all.insert(format!("told{status}"), json!({ "description": what, "content": told }));
    }
    Value::Object(all)
}
