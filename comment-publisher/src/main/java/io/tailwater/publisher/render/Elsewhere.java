package io.tailwater.publisher.render;

import io.tailwater.schemas.report.Hop;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Readers in other repositories that no entry above has named, what people see first. */
final class Elsewhere {

    private final CommentLinks links;
    private final List<Reader> readers;

    Elsewhere(CommentLinks links, Findings findings) {
        this.links = links;
        this.readers = unnamed(findings);
    }

    /** One entry for each reader, worst first. */
    List<String> entries() {
        return readers.stream().map(this::entry).toList();
    }

    private String entry(Reader reader) {
        List<Hop> path = reader.impact().getPath();
        String label = reader.label();
        if (path.size() < 2) {
            return label + (reader.breaks() ? " breaks" : ": " + reader.whatMayChange());
        }
        Hop read = path.get(path.size() - 2);
        String name = read.getColumn() == null ? read.getDataset() : read.getDataset() + "." + read.getColumn();
        String verb = reader.breaks() ? " breaks, it reads " : " reads ";
        return label + verb + Markdown.code(name) + " ("
                + Markdown.fileLink(reader.at().getPath(), reader.at().getLine(), links.to(reader.at())) + ")";
    }

    private static List<Reader> unnamed(Findings findings) {
        Set<Reader> named = new HashSet<>();
        findings.breaks().stream()
                .filter(finding -> !finding.readers().isEmpty())
                .forEach(finding -> named.add(finding.readers().getFirst()));
        findings.reviews().forEach(finding -> named.addAll(ReviewTable.named(finding)));
        Map<List<String>, Reader> oncePerDataset = new LinkedHashMap<>();
        findings.all()
                .flatMap(finding -> finding.readers().stream())
                .filter(reader -> reader.elsewhere() && !named.contains(reader))
                .sorted(Comparator.comparingInt(Reader::rank).thenComparing(reader -> !reader.breaks()))
                .forEach(reader -> oncePerDataset.putIfAbsent(
                        List.of(reader.impact().getRepository(), reader.impact().getDataset()), reader));
        return List.copyOf(oncePerDataset.values());
    }
}
