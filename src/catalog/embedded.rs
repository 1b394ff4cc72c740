//! The catalogue that comes with the program, embedded in it.

use std::sync::Arc;

use super::actions;
use super::error::LoadError;
use super::load::NoDocument;
use super::store::Catalog;
use crate::policy::source::Source;

/// A policy document and its path, so that each path is written once.
macro_rules! document {
    ($path:literal) => {
        ($path, include_str!(concat!("../../assets/catalog/", $path)))
    };
}

/// Name and text of every built-in catalogue file, in the order of the screen.
const FILES: [(&str, &str); 6] = [
    ("services.json", include_str!("../../assets/services.json")),
    ("catalog/alikafka.json", include_str!("../../assets/catalog/alikafka.json")),
    ("catalog/mqtt.json", include_str!("../../assets/catalog/mqtt.json")),
    ("catalog/rabbitmq.json", include_str!("../../assets/catalog/rabbitmq.json")),
    ("catalog/rocketmq.json", include_str!("../../assets/catalog/rocketmq.json")),
    ("catalog/eventbridge.json", include_str!("../../assets/catalog/eventbridge.json")),
];

/// Path and text of every built-in policy document.
#[rustfmt::skip]
const DOCUMENTS: [(&str, &str); 18] = [
    document!("policies/AliyunServiceRolePolicyForAMQPEventBridge.json"),
    document!("policies/AliyunServiceRolePolicyForAlikafka.json"),
    document!("policies/AliyunServiceRolePolicyForAlikafkaConnector.json"),
    document!("policies/AliyunServiceRolePolicyForAlikafkaETL.json"),
    document!("policies/AliyunServiceRolePolicyForAlikafkaInstanceEncryption.json"),
    document!("policies/AliyunServiceRolePolicyForAmqpEncrypt.json"),
    document!("policies/AliyunServiceRolePolicyForEventBridgeRabbitMQPlugin.json"),
    document!("policies/AliyunServiceRolePolicyForEventBridgeSendToFC.json"),
    document!("policies/AliyunServiceRolePolicyForEventBridgeSendToMqtt.json"),
    document!("policies/AliyunServiceRolePolicyForKafkaLog.json"),
    document!("policies/AliyunServiceRolePolicyForMqttCoreRuleEngine.json"),
    document!("policies/AliyunServiceRolePolicyForMqttKafkaRuleEngine.json"),
    document!("policies/AliyunServiceRolePolicyForMqttTunnel.json"),
    document!("policies/AliyunServiceRolePolicyForOns.json"),
    document!("policies/AliyunServiceRolePolicyForRMQMigration.json"),
    document!("policies/user/AliyunKafkaFullAccess.json"),
    document!("policies/user/AliyunKafkaReadOnlyAccess.json"),
    document!("policies/user/AliyunMQFullAccess.json"),
];

/// Path and text of the policy documents of other products.
#[rustfmt::skip]
const OTHER_DOCUMENTS: [(&str, &str); 14] = [
    document!("policies/other/AliyunServiceRolePolicyForAlbFc.json"),
    document!("policies/other/AliyunServiceRolePolicyForAlbLogDelivery.json"),
    document!("policies/other/AliyunServiceRolePolicyForApigatewayPutEventsToEventBridge.json"),
    document!("policies/other/AliyunServiceRolePolicyForCDNAccessingDDoS.json"),
    document!("policies/other/AliyunServiceRolePolicyForGaAntiDdos.json"),
    document!("policies/other/AliyunServiceRolePolicyForHbrPdsBackup.json"),
    document!("policies/other/AliyunServiceRolePolicyForNLBLogDelivery.json"),
    document!("policies/other/AliyunServiceRolePolicyForNasMnsDataFlow.json"),
    document!("policies/other/AliyunServiceRolePolicyForPaiLLMTrace.json"),
    document!("policies/other/AliyunServiceRolePolicyForResourceDirectory.json"),
    document!("policies/other/AliyunServiceRolePolicyForSddpAsset.json"),
    document!("policies/other/AliyunServiceRolePolicyForSlbEipAccess.json"),
    document!("policies/other/AliyunServiceRolePolicyForSlbLogDelivery.json"),
    document!("policies/other/AliyunServiceRolePolicyForTRFlowLog.json"),
];

impl Catalog {
    /// The roles of other products whose policies are known, as a catalogue of their own. Not part of
    /// [`Catalog::builtin`], because the first screen does not need them.
    pub(super) fn builtin_others() -> Result<Self, LoadError> {
        let mut others = Self::default();
        let text = include_str!("../../assets/catalog/other.json");
        others.merge_file("catalog/other.json", text, &|path| {
            let found = OTHER_DOCUMENTS.iter().find(|(name, _)| *name == path);
            found.map(|(_, text)| Source::built(text)).ok_or(NoDocument::Missing)
        })?;
        Ok(others)
    }

    /// The built-in catalogue.
    pub fn builtin() -> Result<Self, LoadError> {
        let mut catalog = Self::default();
        // The table of assets/actions.json, half of the catalogue by size, ready to be looked up in.
        let actions = actions::from_lines(include_str!("../../assets/actions.tsv"));
        Arc::make_mut(&mut catalog.actions).merge(actions);
        for (name, text) in FILES {
            catalog.merge_file(name, text, &builtin_document)?;
        }
        Ok(catalog)
    }
}

/// A built-in policy document by its path in the catalogue files.
fn builtin_document(path: &str) -> Result<Source, NoDocument> {
    let found = DOCUMENTS.iter().find(|(name, _)| *name == path);
    found.map(|(_, text)| Source::built(text)).ok_or(NoDocument::Missing)
}
