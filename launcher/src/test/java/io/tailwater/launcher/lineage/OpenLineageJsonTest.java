package io.tailwater.launcher.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.tailwater.lineage.sql.batch.BatchCase;
import io.tailwater.lineage.sql.batch.BatchLineage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the schema documents of OpenLineage: the event as a whole, and each facet against the schema that it names. */
class OpenLineageJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> DOCUMENTS = documents();
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(DOCUMENTS)
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()));

    private static Map<String, String> documents() {
        Map<String, String> documents = new HashMap<>();
        for (String name : List.of(
                "OpenLineage", "ColumnLineageDatasetFacet", "SchemaDatasetFacet", "SQLJobFacet", "JobTypeJobFacet")) {
            try (InputStream file = OpenLineageJsonTest.class.getResourceAsStream("/openlineage/" + name + ".json")) {
                String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
                documents.put(JSON.readTree(text).get("$id").asText(), text);
            } catch (IOException e) {
                throw new IllegalStateException(name, e);
            }
        }
        return documents;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select a, b + 1 as c from t where d > 0",
                "insert into s.t (x, y) select md5(a), count(*) from u join v on u.k = v.k group by a order by a limit 3",
                "create table t as select *, case when f then g else h end as i, sum(j) over (partition by k) as l from u",
                "create view v as select a from t union all select b from w",
                "merge into t using s on t.a = s.a when matched then update set b = s.b when not matched then insert (a) values (s.a)",
                "delete from t where a in (select b from u)",
                "update t set a = u.b from u where t.c = u.d",
                "copy into t from 's3://bucket/folder/file.csv'",
                "create temporary table x as select a from t; insert into y select * from x",
                "select ? from where; drop table t",
                "select a from t, u",
                ""
            })
    void everyEventIsValid(String sql) {
        JsonNode event = event("snowflake", sql);

        assertValid(event, "https://openlineage.io/spec/2-0-2/OpenLineage.json");
        facets(event)
                .forEach(facet -> assertValid(facet, facet.get("_schemaURL").asText()));
    }

    @Test
    void theSchemasRefuseWhatIsNoEvent() {
        ObjectNode event = (ObjectNode) event("snowflake", "select a from t");
        ((ObjectNode) event.at("/outputs/0/facets/columnLineage/fields/a")).remove("inputFields");
        JsonNode facet = event.at("/outputs/0/facets/columnLineage");

        assertThat(errors(facet, facet.get("_schemaURL").asText())).isNotEmpty();
        assertThat(errors(event.without("job"), "https://openlineage.io/spec/2-0-2/OpenLineage.json"))
                .isNotEmpty();
    }

    @Test
    void columnsNameTheirInputsAndHowTheyAreUsed() {
        JsonNode output = event(
                        "postgres",
                        "insert into t (x, y) select s.a, count(s.b) from s join r on s.k = r.k where s.c > 0 group by s.a")
                .at("/outputs/0");

        assertThat(output.get("namespace").asText()).isEqualTo("postgres://db");
        assertThat(output.get("name").asText()).isEqualTo("t");
        JsonNode lineage = output.at("/facets/columnLineage");
        assertThat(lineage.at("/_schemaURL").asText()).contains("/1-2-0/ColumnLineageDatasetFacet.json");
        assertThat(inputs(lineage.at("/fields/x/inputFields"))).containsExactly("s.a DIRECT IDENTITY false");
        assertThat(inputs(lineage.at("/fields/y/inputFields"))).containsExactly("s.b DIRECT AGGREGATION true");
        assertThat(inputs(lineage.at("/dataset")))
                .contains(
                        "s.k INDIRECT JOIN false",
                        "r.k INDIRECT JOIN false",
                        "s.c INDIRECT FILTER false",
                        "s.a INDIRECT GROUP_BY false");
    }

    @Test
    void branchesAndWindowsStandAtTheColumnTheyShape() {
        JsonNode fields = event(
                        "postgres",
                        "insert into t (x) select case when s.flag then s.a else 0 end from s; insert into t (y) select sum(b) over (partition by p) from s")
                .at("/outputs/0/facets/columnLineage/fields");

        assertThat(inputs(fields.at("/x/inputFields")))
                .containsExactlyInAnyOrder("s.a DIRECT TRANSFORMATION false", "s.flag INDIRECT CONDITIONAL false");
        assertThat(inputs(fields.at("/y/inputFields"))).contains("s.p INDIRECT WINDOW false");
    }

    @Test
    void aBareQueryFillsTheDatasetCalledLikeTheJob() {
        JsonNode output = event("postgres", "select cast(a as int) as n from t").at("/outputs/0");

        assertThat(output.get("namespace").asText()).isEqualTo("jobs");
        assertThat(output.get("name").asText()).isEqualTo("model.sql");
        assertThat(output.at("/facets/schema/fields/0/name").asText()).isEqualTo("n");
        assertThat(output.at("/facets/schema/fields/0/type").asText()).isEqualTo("integer");
    }

    @Test
    void aStarOverAnUnknownTableIsSaidAndNotLeftOut() {
        JsonNode output = event("postgres", "create table t as select * from s").at("/outputs/0");

        assertThat(inputs(output.at("/facets/columnLineage/fields/*/inputFields")))
                .containsExactly("s.* DIRECT IDENTITY false");
        assertThat(output.at("/facets/schema").isMissingNode()).isTrue();
    }

    @Test
    void whatCouldNotBeToldStandsInAFacetOfTheJob() {
        JsonNode gaps = event("postgres", "select a from t, u").at("/job/facets/tailwater_unresolved/unresolved");

        assertThat(gaps).singleElement().satisfies(gap -> {
            assertThat(gap.get("what").asText()).isEqualTo("a");
            assertThat(gap.get("kind").asText()).isEqualTo("AMBIGUOUS_COLUMN");
        });
    }

    @Test
    void temporaryTablesAreSteps() {
        JsonNode event =
                event("postgres", "create temporary table x as select a from t; insert into y (b) select a from x");

        assertThat(event.get("outputs")).hasSize(1);
        assertThat(inputs(event.at("/outputs/0/facets/columnLineage/fields/b/inputFields")))
                .containsExactly("t.a DIRECT IDENTITY false");
    }

    @Test
    void aFileIsNamedByItsStore() {
        JsonNode input = event("snowflake", "copy into t from 's3://bucket/folder/file.csv'")
                .at("/inputs/0");

        assertThat(input.get("namespace").asText()).isEqualTo("s3://bucket");
        assertThat(input.get("name").asText()).isEqualTo("folder/file.csv");
    }

    private static JsonNode event(String dialect, String sql) {
        BatchCase question =
                new BatchCase("model.sql", dialect, null, null, Map.of(), Map.of(), List.of(sql), List.of());
        OpenLineageJson.SqlJob job = new OpenLineageJson.SqlJob("jobs", dialect + "://db", question.id(), dialect, sql);
        String text = new OpenLineageJson()
                .writePretty(job, BatchLineage.analyses(question), Instant.parse("2026-01-02T03:04:05Z"));
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private static List<JsonNode> facets(JsonNode event) {
        List<JsonNode> facets = new ArrayList<>();
        event.at("/job/facets").forEach(facets::add);
        event.get("outputs").forEach(output -> output.get("facets").forEach(facets::add));
        return facets;
    }

    private static List<String> inputs(JsonNode fields) {
        List<String> texts = new ArrayList<>();
        for (JsonNode field : fields) {
            for (JsonNode way : field.get("transformations")) {
                texts.add("%s.%s %s %s %s"
                        .formatted(
                                field.get("name").asText(),
                                field.get("field").asText(),
                                way.get("type").asText(),
                                way.get("subtype").asText(),
                                way.get("masking").asText()));
            }
        }
        return texts;
    }

    private static void assertValid(JsonNode node, String schema) {
        assertThat(errors(node, schema)).as("%s against %s", node, schema).isEmpty();
    }

    private static List<Error> errors(JsonNode node, String location) {
        Schema schema = REGISTRY.getSchema(SchemaLocation.of(location));
        return schema.validate(node.toString(), InputFormat.JSON);
    }
}
