//! Codes of services that there are not: those of another cloud, names that are no codes, slips of the pen.

use std::collections::hash_map::Entry;

use super::slips::{Names, is_slip_of_code};
use super::{At, Context, Found, Named, Severity, shown};
use crate::policy::pattern;
use crate::say::{said, say};

/// Codes of services of AWS that are none of Alibaba Cloud.
const OF_AWS: [&str; 18] = [
    "apigateway",
    "cloudformation",
    "cloudtrail",
    "cloudwatch",
    "dynamodb",
    "ec2",
    "ecr",
    "eks",
    "elasticloadbalancing",
    "iam",
    "kinesis",
    "lambda",
    "route53",
    "s3",
    "sagemaker",
    "secretsmanager",
    "sqs",
    "ssm",
];

/// Names of services that are not their codes in RAM (RAM, "Services that work with RAM").
const CODES: [(&str, &str); 12] = [
    ("cloudmonitor", "cms"),
    ("eip", "vpc"),
    ("functioncompute", "fc"),
    ("kafka", "alikafka"),
    ("maxcompute", "odps"),
    ("mongodb", "dds"),
    ("rabbitmq", "amqp"),
    ("redis", "kvstore"),
    ("sls", "log"),
    ("smq", "mns"),
    ("tablestore", "ots"),
    ("tair", "kvstore"),
];

/// The service of an action or of a pattern of its actions: is it one of another cloud, or a slip away from a known one?
/// Each is told of once.
pub(super) fn service<'d>(service: &str, at: At, context: &Context<'d>, found: &mut Found<'d>) {
    let language = found.language;
    let code = pattern::fold(service);
    let names = match found.asked.entry(code.clone()) {
        Entry::Occupied(_) => return,
        Entry::Vacant(new) => {
            let names = Names::of(new.key(), context);
            new.insert(names)
        }
    };
    if !names.is_empty() {
        return;
    }
    let vocabulary = context.vocabulary;
    let listed = CODES.iter().find(|(name, _)| *name == code).map(|(_, code)| *code);
    let is_known = || vocabulary.is_service(&code);
    if let Some(own) = listed.or_else(|| vocabulary.code_of(&code).filter(|_| !is_known())) {
        found.tell(
            Named::NearlyKnownService,
            Severity::Note,
            at,
            said(
                language,
                "{} is no service code that is known here; what goes by that name has the code {}. Is that meant?",
                &[&shown(service), own],
            ),
            say(
                language,
                "Actions of a service that there is not match nothing. Not every service is known here, so it may be right.",
            ),
        );
        return;
    }
    if is_known() {
        return;
    }
    if OF_AWS.contains(&code.as_str()) {
        found.tell(
            Named::ServiceOfAws,
            Severity::Warning,
            at,
            said(
                language,
                "{} is a service of AWS; no service of Alibaba Cloud known here has this code.",
                &[&shown(service)],
            ),
            say(language, "An action of a service that there is not matches nothing."),
        );
        return;
    }
    let services = vocabulary.services();
    if let Some(near) = services.iter().find(|known| is_slip_of_code(known, service)) {
        found.tell(
            Named::NearlyKnownService,
            Severity::Note,
            at,
            said(
                language,
                "The service {} is not known here; {} is. Is that meant?",
                &[&shown(service), near],
            ),
            say(
                language,
                "Actions of a misspelt service match nothing. Not every service is known here, so it may be right.",
            ),
        );
    }
}
