package io.tailwater.lineage.project.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.InMemoryRepositoryFiles;
import io.tailwater.lineage.project.ProjectReader;
import io.tailwater.lineage.project.SourceTree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class KafkaReaderTest {
    private static ProjectReader.Reading read(Map<String, String> texts) {
        return new KafkaReader()
                .read(SourceTree.of(InMemoryRepositoryFiles.ofTexts("shop", "head", texts)), ExtractionCache.none());
    }

    private static List<String> columns(ProjectReader.Reading reading, String dataset) {
        return reading.datasets().stream()
                .filter(each -> each.name().equals(dataset))
                .flatMap(each -> each.columns().stream())
                .map((Column column) -> column.name() + " " + column.type())
                .toList();
    }

    @Test
    void followsNamedRecordsOverFilesAndEndsAtThoseThatHoldThemselves() {
        ProjectReader.Reading reading = read(Map.of("avro/Node.avsc", """
                {"type": "record", "name": "Node", "namespace": "shop", "fields": [
                  {"name": "value", "type": "int"},
                  {"name": "next", "type": ["null", "Node"]},
                  {"name": "place", "type": "geo.Place"}]}""", "avro/Place.avsc", """
                {"type": "record", "name": "Place", "namespace": "geo", "fields": [{"name": "city", "type": "string"}]}"""));

        assertThat(reading.datasets()).extracting(Dataset::name).containsExactly("shop.Node");
        assertThat(columns(reading, "shop.Node")).containsExactly("value int", "next record", "place record");
        assertThat(Objects.requireNonNull(reading.datasets().getFirst().definition())
                        .settings())
                .contains("field.place.city=string");
    }

    @Test
    void takesMessagesThatNothingElseHoldsAndListsFilesThatEndInTheMiddle() {
        ProjectReader.Reading reading = read(Map.of(
                "proto/order.proto",
                """
                syntax = "proto3"; package shop;
                /* an order; message Fake { } */
                message Order { Line line = 1; enum Kind { A = 0; } Kind kind = 2 [deprecated = true]; }
                message Line { map<string, int32> amounts = 1; }
                service Orders { rpc Get (GetOrder) returns (Reply) { option idempotency_level = 1; } }
                message GetOrder { int32 id = 1; }
                message Reply { int32 id = 1; }
                """,
                "proto/broken.proto",
                "message Half { int32 id = 1;",
                "proto/deep.proto",
                "message A {".repeat(5_000)));

        assertThat(reading.datasets()).extracting(Dataset::name).containsExactly("shop.Order");
        assertThat(columns(reading, "shop.Order")).containsExactly("line message", "kind Kind");
        assertThat(reading.notAnalysed()).containsExactlyInAnyOrder("proto/broken.proto", "proto/deep.proto");
        assertThat(reading.unresolved())
                .extracting(Unresolved::reason)
                .containsExactlyInAnyOrder("a block is not closed", "messages are nested deeper than 40");
    }

    @Test
    void readsJsonSchemasOfTopicsOnlyAndEndsCirclesOfReferences() {
        ProjectReader.Reading reading = read(Map.of(
                "events/refund-value.schema.json",
                """
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "allOf": [{"$ref": "#/$defs/base"}],
                 "properties": {"tags": {"type": "array", "items": {"type": "string"}}, "self": {"$ref": "#/$defs/loop"}},
                 "$defs": {"base": {"properties": {"id": {"type": ["null", "integer"]}}},
                           "loop": {"$ref": "#/$defs/other"}, "other": {"$ref": "#/$defs/loop"}}}""",
                "config/tool.json",
                "{\"$schema\": \"https://json-schema.org/draft-07/schema\", \"properties\": {\"a\": {}}}"));

        assertThat(columns(reading, "refund")).containsExactly("id integer", "tags array<string>", "self object");
        assertThat(reading.datasets()).hasSize(1);
        assertThat(reading.datasets().getFirst().qualifiedName()).isEqualTo("topic:refund");
    }

    @Test
    void fillsTablesAsConnectorsNameAndShapeThem() {
        ProjectReader.Reading reading = read(Map.of(
                "schemas/orders-value.avsc", """
                {"type": "record", "name": "Order", "fields": [
                  {"name": "Id", "type": "long"}, {"name": "secret", "type": "string"}, {"name": "amount", "type": "double"}]}""", "connect/warehouse.json", """
                {"config": {
                \t"connector.class": "io.confluent.connect.jdbc.JdbcSinkConnector",
                \t"topics": "orders", "table.name.format": "lake.${topic}", "transforms": "shape",
                \t"transforms.shape.type": "org.apache.kafka.connect.transforms.ReplaceField$Value",
                \t"transforms.shape.exclude": "secret", "transforms.shape.renames": "amount:total"}}""", "connect/snow.properties", """
                connector.class=com.snowflake.kafka.connector.SnowflakeSinkConnector
                topics=orders
                snowflake.topic2table.map=orders:ORDERS_RAW
                snowflake.database.name=LAKE
                snowflake.schema.name=RAW
                """));

        assertThat(columns(reading, "lake.orders")).containsExactly("id null", "total null");
        assertThat(columns(reading, "lake.raw.orders_raw")).containsExactly("record_content variant");
    }

    @Test
    void listsWhatAConnectorDecidesOnlyWhenItRuns() {
        ProjectReader.Reading reading = read(Map.of(
                "connect/all.json",
                "{\"connector.class\": \"io.confluent.connect.jdbc.JdbcSinkConnector\", \"topics.regex\": \".*\"}",
                "connect/routed.json",
                """
                {"connector.class": "io.confluent.connect.jdbc.JdbcSinkConnector", "topics": "a", "transforms": "r",
                 "transforms.r.type": "org.apache.kafka.connect.transforms.RegexRouter"}""",
                "connect/tables.json",
                """
                {"connector.class": "io.debezium.connector.mysql.MySqlConnector", "topic.prefix": "p",
                 "table.include.list": "shop.order.*,shop.users"}"""));

        assertThat(reading.unresolved())
                .extracting(Unresolved::reason)
                .containsExactlyInAnyOrder(
                        "which topics match topics.regex is known only when the connector runs",
                        "the transform RegexRouter is not followed",
                        "which tables match shop.order.* is known only when the connector runs");
        assertThat(reading.datasets()).extracting(Dataset::name).contains("p.shop.users");
    }
}
