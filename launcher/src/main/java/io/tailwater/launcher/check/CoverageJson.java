package io.tailwater.launcher.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailwater.lineage.coverage.CoverageReport;
import io.tailwater.lineage.coverage.KindCoverage;
import io.tailwater.lineage.coverage.ReasonCount;
import java.util.List;

/** Coverage as JSON, schema version 1: fields may be added, none renamed. */
public final class CoverageJson implements CoverageFormat {

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public String format(CoverageReport report) {
        ObjectNode root = json.createObjectNode();
        root.put("schemaVersion", "1");
        root.put("repository", report.repository());
        root.put("revision", report.revision());
        ArrayNode kinds = root.putArray("kinds");
        report.kinds().forEach(kind -> write(kinds.addObject(), kind));
        ObjectNode files = root.putObject("files");
        files.put("files", report.files().files());
        files.put("analysed", report.files().analysed());
        files.put("unresolved", report.files().unresolved());
        write(root.putArray("unread"), report.unread());
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing a tree of plain values as JSON", e);
        }
    }

    private static void write(ObjectNode node, KindCoverage kind) {
        node.put("kind", kind.kind());
        node.put("datasets", kind.datasets());
        node.put("complete", kind.complete());
        node.put("completePercent", kind.completePercent());
        node.put("openStars", kind.openStars());
        node.put("undeclared", kind.undeclared());
        node.put("queries", kind.queries());
        node.put("parsed", kind.parsed());
        node.put("columns", kind.columns());
        node.put("knownColumns", kind.knownColumns());
        node.put("parsedPercent", kind.parsedPercent());
        write(node.putArray("reasons"), kind.reasons());
    }

    private static void write(ArrayNode node, List<ReasonCount> reasons) {
        for (ReasonCount reason : reasons) {
            ObjectNode entry = node.addObject();
            entry.put("reason", reason.reason());
            entry.put("count", reason.count());
            ObjectNode at = entry.putObject("at");
            at.put("path", reason.example().path());
            at.put("line", reason.example().line());
        }
    }
}
