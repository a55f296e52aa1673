package io.tailwater.launcher.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailwater.schemas.lineage.Location;
import io.tailwater.schemas.lineage.UnresolvedLineage;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.Effect;
import io.tailwater.schemas.report.Hop;
import io.tailwater.schemas.report.Impact;
import io.tailwater.schemas.report.SuppressedFinding;
import java.util.List;

/**
 * SARIF 2.1.0: one result per impact, placed at the reader's line, with the hops as its code flow.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">the standard</a>
 */
public final class SarifFormat implements ComparisonFormat {

    private static final String SUPPRESSED_RULE = "suppressed";
    private static final String UNRESOLVED_RULE = "unresolved";

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public String format(String repository, Comparison comparison) {
        ObjectNode root = json.createObjectNode();
        root.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        root.put("version", "2.1.0");
        ObjectNode run = root.putArray("runs").addObject();
        writeTool(run.putObject("tool").putObject("driver"));
        ArrayNode results = run.putArray("results");
        comparison.getImpacts().forEach(impact -> writeImpact(results.addObject(), impact));
        comparison.getUnresolved().forEach(item -> writeUnresolved(results.addObject(), item));
        comparison.getSuppressed().forEach(finding -> writeSuppressed(results.addObject(), finding));
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing a tree of plain values as JSON", e);
        }
    }

    private static void writeTool(ObjectNode driver) {
        driver.put("name", "Tailwater");
        ArrayNode rules = driver.putArray("rules");
        for (Effect effect : Effect.values()) {
            writeRule(rules.addObject(), WireName.of(effect), meaning(effect));
        }
        writeRule(rules.addObject(), SUPPRESSED_RULE, "Suppressed by the repository's configuration");
        writeRule(rules.addObject(), UNRESOLVED_RULE, "Could not be analysed");
    }

    private static void writeRule(ObjectNode rule, String id, String text) {
        rule.put("id", id);
        rule.putObject("shortDescription").put("text", text);
    }

    private static String meaning(Effect effect) {
        return switch (effect) {
            case BREAKS -> "A reader fails or loses a column it uses";
            case COLUMN_REMOVED -> "A reader's own output loses a column";
            case COLUMN_RENAMED -> "A reader's own output renames a column";
            case VALUES -> "Same columns, other values";
            case ROWS -> "Same columns, other rows";
            case REACHED -> "Shows or checks what changes";
        };
    }

    private static String level(Impact impact) {
        if (impact.getSeverity() != null) {
            return switch (impact.getSeverity()) {
                case BREAKING -> "error";
                case BEHAVIOURAL -> "warning";
                case ADDITIVE, NONE -> "note";
            };
        }
        return switch (impact.getEffect()) {
            case BREAKS ->
                switch (impact.getCertainty()) {
                    case PROVEN -> "error";
                    case POSSIBLE -> "warning";
                };
            case COLUMN_REMOVED, COLUMN_RENAMED, VALUES, ROWS -> "warning";
            case REACHED -> "note";
        };
    }

    private static void writeImpact(ObjectNode result, Impact impact) {
        result.put("ruleId", WireName.of(impact.getEffect()));
        result.put("level", level(impact));
        result.putObject("message").put("text", TextFormat.sentence(impact));
        List<Hop> path = impact.getPath();
        if (path.isEmpty()) {
            return;
        }
        writeLocation(result.putArray("locations").addObject(), path.getLast().getAt());
        ArrayNode steps = result.putArray("codeFlows")
                .addObject()
                .putArray("threadFlows")
                .addObject()
                .putArray("locations");
        for (Hop hop : path) {
            ObjectNode location = steps.addObject().putObject("location");
            writeLocation(location, hop.getAt());
            location.putObject("message").put("text", TextFormat.name(hop.getDataset(), hop.getColumn()));
        }
    }

    private static void writeUnresolved(ObjectNode result, UnresolvedLineage item) {
        result.put("ruleId", UNRESOLVED_RULE);
        result.put("level", "note");
        result.putObject("message").put("text", item.getReason());
        writePlace(result.putArray("locations").addObject(), item.getPath(), item.getLine());
    }

    /** Section 3.35 of the standard: a result with a suppression counts for nothing, and is not lost. */
    private static void writeSuppressed(ObjectNode result, SuppressedFinding finding) {
        result.put("ruleId", SUPPRESSED_RULE);
        result.put("level", "note");
        result.putObject("message")
                .put(
                        "text",
                        finding.getFinding() + " of " + TextFormat.name(finding.getDataset(), finding.getColumn())
                                + " because of " + finding.getCause() + ", until " + finding.getExpires());
        writePlace(result.putArray("locations").addObject(), finding.getPath(), finding.getLine());
        ObjectNode suppression = result.putArray("suppressions").addObject();
        suppression.put("kind", "external");
        suppression.put("justification", finding.getReason());
    }

    private static void writeLocation(ObjectNode location, Location at) {
        writePlace(location, at.getPath(), at.getLine());
    }

    private static void writePlace(ObjectNode location, String path, int line) {
        ObjectNode physical = location.putObject("physicalLocation");
        physical.putObject("artifactLocation").put("uri", path);
        if (line > 0) {
            physical.putObject("region").put("startLine", line);
        }
    }
}
