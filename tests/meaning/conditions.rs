//! Single conditions by the documented rules; the pages behind them are listed in `decisions`.

use super::decisions::{check, ecs};
use rolescope::policy::evaluate::Decision::{Allow, Depends, ExplicitDeny, ImplicitDeny};
use serde_json::{Value, json};

/// Rule, operator, values of the policy, values of the request (none: the key is absent), outcome.
/// An empty text is written `''`.
const CONDITIONS: &str = "
S2: values are alternatives | StringEquals | a , b | b | met
S13: StringEquals has case | StringEquals | a | A | not met
S13: StringEquals knows no wildcard | StringEquals | a* | ab | not met
S13: StringEquals | StringEquals | a | a | met
S9, S14: a negative operator is NOR | StringNotEquals | system , root | root | not met
S9, S14: a negative operator is NOR | StringNotEquals | system , root | bob | met
S13: StringNotEquals has case | StringNotEquals | a | A | met
S13: without case | StringEqualsIgnoreCase | True | true | met
S13: without case, in any script | StringEqualsIgnoreCase | ÄÖ | äö | met
S13: without case | StringEqualsIgnoreCase | true | yes | not met
S13: without case | StringNotEqualsIgnoreCase | True | true | not met
S13: without case | StringNotEqualsIgnoreCase | True | no | met
S13: StringLike | StringLike | Development/* | Development/a/b | met
S13: StringLike has case | StringLike | dev* | Dev | not met
S13: StringLike, one character | StringLike | a? | a | not met
S9: prefix outside is denied | StringNotLike | Development/* , '' | Other/ | met
S9: the empty prefix is listed | StringNotLike | Development/* , '' | '' | not met
S9: the prefix is listed | StringNotLike | Development/* , '' | Development/x | not met
S13: numbers | NumericEquals | 10 | 10.0 | met
S13: numbers | NumericEquals | 10 | 11 | not met
S13: numbers | NumericNotEquals | 10 | 10.0 | not met
S13: numbers | NumericNotEquals | 10 | 9 | met
S13: numbers | NumericLessThan | 10 | 9 | met
S13: numbers | NumericLessThan | 10 | 10 | not met
S13: numbers | NumericLessThanEquals | 10 | 10 | met
S13: numbers | NumericLessThanEquals | 10 | 10.01 | not met
S13: numbers | NumericGreaterThan | 10 | 9 | not met
S13: numbers | NumericGreaterThan | -10 | -9 | met
S13: numbers | NumericGreaterThanEquals | 10 | 10 | met
S13: numbers | NumericGreaterThanEquals | 10 | 9.99 | not met
malformed is no match | NumericLessThan | 10 | ten | not met
malformed opens nothing | NumericEquals | ten | 10 | not known
S4: dates with offsets | DateEquals | 2019-08-12T17:00:00+08:00 | 2019-08-12T09:00:00Z | met
S4: dates | DateEquals | 2019-08-12T17:00:00+08:00 | 2019-08-12T17:00:00Z | not met
S4: dates | DateNotEquals | 2019-08-12T17:00:00+08:00 | 2019-08-12T09:00:00Z | not met
S4: dates | DateNotEquals | 2019-08-12T17:00:00+08:00 | 2019-08-12T10:00:00Z | met
S4: dates | DateLessThan | 2019-08-12T17:00:00+08:00 | 2019-08-12T08:59:59Z | met
S4: dates | DateLessThan | 2019-08-12T17:00:00+08:00 | 2019-08-12T09:00:00Z | not met
S4: dates | DateLessThanEquals | 2019-08-12T17:00:00+08:00 | 2019-08-12T09:00:00Z | met
S4: dates | DateLessThanEquals | 2019-08-12T17:00:00+08:00 | 2019-08-12T09:00:01Z | not met
S4: dates | DateGreaterThan | 2019-08-12T17:00:00+08:00 | 2019-08-12T09:00:01Z | met
S4: dates | DateGreaterThan | 2019-08-12T17:00:00+08:00 | 2019-08-12T09:00:00Z | not met
S4: dates | DateGreaterThanEquals | 2019-08-12T17:00:00+08:00 | 2019-08-12T09:00:00Z | met
S4: dates | DateGreaterThanEquals | 2019-08-12T17:00:00+08:00 | 2019-08-12T08:00:00Z | not met
malformed opens nothing | DateLessThan | tomorrow | 2019-08-12T08:00:00Z | not known
S4: Bool | Bool | true | true | met
S4: Bool | Bool | false | true | not met
S4: Bool | Bool | true , false | true | met
malformed is no match | Bool | true | 1 | not met
S4: address | IpAddress | 42.120.88.10 | 42.120.88.10 | met
S4: block | IpAddress | 42.120.88.0/24 , 10.0.0.0/8 | 42.120.88.77 | met
S4: block | IpAddress | 42.120.88.0/24 | 42.120.89.1 | not met
S20: IPv6 | IpAddress | 2001:db8::/32 | 2001:db8::1 | met
malformed opens nothing | IpAddress | 10.0.0.0/99 | 10.0.0.1 | not known
S13: not an address | NotIpAddress | 42.120.88.0/24 , 10.0.0.0/8 | 10.9.9.9 | not met
S13: not an address | NotIpAddress | 42.120.88.0/24 , 10.0.0.0/8 | 11.0.0.1 | met
S16, S18: absent, positive | StringEquals | a |  | not met
S16, S18: absent, positive | StringLike | * |  | not met
S16, S18: absent, positive | Bool | false |  | not met
S16, S18: absent, positive | NumericLessThan | 5 |  | not met
S9, S19: absent, negative | StringNotEquals | a |  | met
S9: from the internet means no VPC | StringNotLike | vpc-* |  | met
S9, S19: absent, negative | NotIpAddress | 10.0.0.0/8 |  | met
S9, S19: absent, negative | DateNotEquals | 2019-08-12 |  | met
open: any value of the request | StringEquals | a | x , a | met
open: no value of the request | StringNotEquals | a | x , a | not met
S15: IfExists, absent | BoolIfExists | true |  | met
S15: IfExists, present | BoolIfExists | true | false | not met
S15: Null | Null | true |  | met
S15: Null | Null | true | a | not met
S15: Null | Null | false | a | met
S17: all values | ForAllValues:StringEquals | a , b | a , b | met
S17: all values | ForAllValues:StringEquals | a , b | a , c | not met
S17: all values of none | ForAllValues:StringEquals | a |  | met
S17: some value | ForAnyValue:StringEquals | a | c , a | met
S17: some value | ForAnyValue:StringEquals | a | c | not met
S17: some value of none | ForAnyValue:StringEquals | a |  | not met
S17: some value is another | ForAnyValue:StringNotEquals | a | a , c | met
S17: every value is another | ForAllValues:StringNotEquals | a | a , c | not met
S13: unknown operators open nothing and may close | ArnLike | * | a | not known
";

fn values(cell: &str) -> Vec<&str> {
    let texts = cell.split(" , ").map(str::trim).filter(|text| !text.is_empty());
    texts.map(|text| if text == "''" { "" } else { text }).collect()
}

#[test]
fn conditions() {
    for row in CONDITIONS.trim().lines() {
        let cells: Vec<&str> = row.split(" | ").map(str::trim).collect();
        let [_, operator, expected, actual, outcome] = cells[..] else { panic!("{row}") };
        let met = match outcome {
            "met" => Some(true),
            "not met" => Some(false),
            "not known" => None,
            other => panic!("{other} in {row}"),
        };
        let request =
            values(actual).into_iter().fold(ecs(), |request, value| request.with("K", value));
        let on = |effect: &str| {
            json!({ "Effect": effect, "Action": "*", "Resource": "*",
                    "Condition": { operator: { "k": values(expected) } } })
        };
        check(
            row,
            &json!([on("Allow")]),
            &request,
            if met == Some(true) { Allow } else { ImplicitDeny },
        );
        let all = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
        let denied = match met {
            Some(true) => ExplicitDeny,
            Some(false) => Allow,
            None => Depends,
        };
        check(row, &json!([all, on("Deny")]), &request, denied);
    }
}

#[test]
fn a_value_that_cannot_be_read_makes_no_answer_firmer() {
    let all = json!({ "Effect": "Allow", "Action": "*", "Resource": "*" });
    let on = |effect: &str, operator: &str, values: &Value| {
        json!({ "Effect": effect, "Action": "*", "Resource": "*",
                "Condition": { operator: { "k": values } } })
    };
    let bad = json!("10.0.0.300");
    let some = |good: &str| json!([bad, good]);
    for (operator, values, allowing, denying) in [
        ("IpAddress", bad.clone(), ImplicitDeny, Depends),
        ("NotIpAddress", bad.clone(), Depends, Depends),
        // What can be read decides, where it does.
        ("IpAddress", some("10.0.0.0/8"), Allow, ExplicitDeny),
        ("IpAddress", some("192.0.2.1"), ImplicitDeny, Depends),
        ("NotIpAddress", some("10.0.0.0/8"), ImplicitDeny, Allow),
        ("NotIpAddress", some("192.0.2.1"), Depends, Depends),
    ] {
        let request = ecs().with("k", "10.0.0.1");
        let row = format!("{operator} {values}");
        check(&row, &json!([on("Allow", operator, &values)]), &request, allowing);
        check(&row, &json!([all, on("Deny", operator, &values)]), &request, denying);
    }
    // The same of the request: that it is no number does not make it another one.
    let (request, ten) = (ecs().with("k", "ten"), json!("10"));
    check("ten", &json!([on("Allow", "NumericNotEquals", &ten)]), &request, Depends);
    check("ten", &json!([all, on("Deny", "NumericNotEquals", &ten)]), &request, Depends);
    // Whether the key is there is known without its values.
    check("absent", &json!([all, on("Deny", "IpAddress", &bad)]), &ecs(), Allow);
    check("absent", &json!([all, on("Deny", "NotIpAddress", &bad)]), &ecs(), ExplicitDeny);
}
