//! What is served, as OpenAPI 3.1 describes it: written from the types that are read and sent.

use crate::languagetool::{self, Language, PARAMETERS};
use crate::problem::{JsonProblem, PROBLEM_JSON};
use mtlint_report::{fix_schema, json_schema, score_schema};
use mtlint_requests::Request;
use schemars::{Schema, schema_for};
use serde_json::{Map, Value, json};

/// Where the schemas of a document lie, and where OpenAPI looks for them.
const DEFINITIONS: &str = "#/$defs/";
const COMPONENTS: &str = "#/components/schemas/";

/// The description of the service.
pub fn openapi() -> Value {
    let mut schemas = Schemas::default();
    let request = schemas.add("Request", schema_for!(Request));
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
                            "application/x-www-form-urlencoded": { "schema": form() },
                            "application/json": { "schema": form() },
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

/// The parameters of LanguageTool's interface, in a query.
fn query_parameters() -> Vec<Value> {
    let parameter = |(name, what): &(&str, &str)| {
        json!({
            "name": name, "in": "query", "description": what,
            "required": *name == "language", "schema": { "type": "string" },
        })
    };
    PARAMETERS.iter().map(parameter).collect()
}

/// The same as the fields of a form or an object.
fn form() -> Value {
    let field =
        |(name, what): &(&str, &str)| ((*name).to_owned(), json!({ "type": "string", "description": what }));
    json!({
        "type": "object",
        "required": ["language"],
        "properties": PARAMETERS.iter().map(field).collect::<Map<String, Value>>(),
    })
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
