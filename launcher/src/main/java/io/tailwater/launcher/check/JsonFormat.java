package io.tailwater.launcher.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailwater.schemas.lineage.Location;
import io.tailwater.schemas.lineage.UnresolvedLineage;
import io.tailwater.schemas.report.Change;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.Coverage;
import io.tailwater.schemas.report.Hop;
import io.tailwater.schemas.report.Impact;
import io.tailwater.schemas.report.SuppressedFinding;

/** The JSON contract of {@code check --format json}, schema version 1: fields may be added, none renamed. */
public final class JsonFormat implements ComparisonFormat {

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public String format(String repository, Comparison comparison) {
        ObjectNode root = json.createObjectNode();
        root.put("schemaVersion", "1");
        root.put("repository", repository);
        root.put("base", comparison.getBase());
        root.put("head", comparison.getHead());
        root.put("mergeBase", comparison.getMergeBase());
        root.put("verdict", WireName.of(comparison.getVerdict()));
        root.put("complete", comparison.getComplete());
        ArrayNode changes = root.putArray("changes");
        comparison.getChanges().forEach(change -> writeChange(changes.addObject(), change));
        ArrayNode impacts = root.putArray("impacts");
        comparison.getImpacts().forEach(impact -> writeImpact(impacts.addObject(), impact));
        ArrayNode unresolved = root.putArray("unresolved");
        comparison.getUnresolved().forEach(item -> writeUnresolved(unresolved.addObject(), item));
        writeCoverage(root.putObject("coverage"), comparison.getCoverage());
        ArrayNode suppressed = root.putArray("suppressed");
        comparison.getSuppressed().forEach(finding -> writeSuppressed(suppressed.addObject(), finding));
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing a tree of plain values as JSON", e);
        }
    }

    private static void writeChange(ObjectNode node, Change change) {
        node.put("dataset", change.getDataset());
        node.put("qualifiedName", change.getQualifiedName());
        node.put("kind", WireName.of(change.getKind()));
        node.put("column", change.getColumn());
        node.put("renamedTo", change.getRenamedTo());
        writeLocation(node.putObject("at"), change.getAt());
        node.put("because", change.getBecause());
        node.put("suppressed", change.getSuppressed());
    }

    private static void writeImpact(ObjectNode node, Impact impact) {
        node.put("repository", impact.getRepository());
        node.put("dataset", impact.getDataset());
        node.put("qualifiedName", impact.getQualifiedName());
        node.put("kind", impact.getKind());
        node.put("column", impact.getColumn());
        node.put("effect", WireName.of(impact.getEffect()));
        node.put("certainty", WireName.of(impact.getCertainty()));
        node.put("changedHere", impact.getChangedHere());
        node.put("severity", impact.getSeverity() == null ? null : WireName.of(impact.getSeverity()));
        ArrayNode owners = node.putArray("owners");
        impact.getOwners().forEach(owners::add);
        ArrayNode path = node.putArray("path");
        impact.getPath().forEach(hop -> writeHop(path.addObject(), hop));
    }

    private static void writeHop(ObjectNode node, Hop hop) {
        node.put("dataset", hop.getDataset());
        node.put("column", hop.getColumn());
        node.put("dependency", hop.getDependency() == null ? null : WireName.of(hop.getDependency()));
        writeLocation(node.putObject("at"), hop.getAt());
    }

    private static void writeLocation(ObjectNode node, Location at) {
        node.put("repository", at.getRepository());
        node.put("path", at.getPath());
        node.put("line", at.getLine());
        node.put("revision", at.getRevision());
    }

    private static void writeUnresolved(ObjectNode node, UnresolvedLineage item) {
        node.put("path", item.getPath());
        node.put("line", item.getLine());
        node.put("reason", item.getReason());
    }

    private static void writeSuppressed(ObjectNode node, SuppressedFinding finding) {
        node.put("dataset", finding.getDataset());
        node.put("column", finding.getColumn());
        node.put("finding", finding.getFinding());
        node.put("cause", finding.getCause());
        node.put("reason", finding.getReason());
        node.put("expires", finding.getExpires());
        node.put("path", finding.getPath());
        node.put("line", finding.getLine());
    }

    private static void writeCoverage(ObjectNode node, Coverage coverage) {
        node.put("files", coverage.getFiles());
        node.put("analysed", coverage.getAnalysed());
        node.put("unresolved", coverage.getUnresolved());
    }
}
