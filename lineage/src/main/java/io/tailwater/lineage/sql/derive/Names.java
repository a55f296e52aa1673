package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.catalog.NameRules;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.QuoteStyle;
import java.util.ArrayList;
import java.util.List;

/** The pass that normalises names: from what the tree says to what is compared. */
final class Names {

    private final NameRules rules;

    Names(NameRules rules) {
        this.rules = rules;
    }

    NameRules rules() {
        return rules;
    }

    String column(Identifier identifier) {
        return rules.column(identifier.text(), quoted(identifier));
    }

    /** The last part, as a column: {@code t.a} of an assignment is {@code a}. */
    String lastColumn(QualifiedName name) {
        return column(name.parts().getLast());
    }

    List<String> columns(List<Identifier> identifiers) {
        return identifiers.stream().map(this::column).toList();
    }

    /** A table's name as far as it is written, without defaults. Omitted middle parts ({@code db..t}) are left out. */
    TableRef table(QualifiedName name) {
        List<String> parts = new ArrayList<>();
        for (Identifier part : name.parts()) {
            if (!part.text().isEmpty()) {
                parts.add(rules.tablePart(part.text(), quoted(part)));
            }
        }
        return parts.isEmpty() ? TableRef.of("?") : new TableRef(parts);
    }

    private static boolean quoted(Identifier identifier) {
        return identifier.quote() != QuoteStyle.NONE && identifier.quote() != QuoteStyle.TEMPLATE;
    }
}
