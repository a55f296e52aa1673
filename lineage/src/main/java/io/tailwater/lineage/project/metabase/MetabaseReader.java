package io.tailwater.lineage.project.metabase;

import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetKinds;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.IndirectUse;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.ProjectReader;
import io.tailwater.lineage.project.Relations;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.YamlValue;
import io.tailwater.lineage.project.YamlValue.ScalarKind;
import io.tailwater.lineage.project.bi.DatasetDraft;
import io.tailwater.lineage.project.bi.DialectGuess;
import io.tailwater.lineage.project.bi.EmbeddedQuery;
import io.tailwater.lineage.project.bi.FieldsOverTable;
import io.tailwater.lineage.project.bi.ReadingDraft;
import io.tailwater.lineage.project.bi.YamlFiles;
import io.tailwater.lineage.sql.SqlOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads Metabase's serialization: cards with native queries or queries by fields, and dashboards of cards. */
public final class MetabaseReader implements ProjectReader {
    @Override
    public Reading read(SourceTree files, ExtractionCache cache) {
        ReadingDraft draft = new ReadingDraft(files);
        Map<String, YamlValue> yaml = YamlFiles.read(
                draft,
                YamlFiles::isYaml,
                (path, text) -> text.contains("entity_id:")
                        && (text.contains("dataset_query:") || text.contains("dashcards:")));
        Map<String, String> cards = new HashMap<>();
        yaml.forEach((path, root) -> {
            String id = root.text("entity_id");
            if (id != null && root.get("dataset_query") != null) {
                cards.put(id, "metabase_card." + id);
            }
        });
        yaml.forEach((path, root) -> {
            String id = root.text("entity_id");
            if (id != null && root.get("dataset_query") != null) {
                new Card(draft, path, root, cards).build();
            } else if (id != null && root.get("dashcards") != null) {
                dashboard(draft, path, root, cards);
            }
        });
        return draft.finish();
    }

    private static SourceLocation line(String path, YamlValue yaml, String key) {
        return SourceLocation.of(path, YamlFiles.line(yaml, key));
    }

    private static void dashboard(ReadingDraft draft, String path, YamlValue root, Map<String, String> cards) {
        String name = root.text("name") == null ? path : String.valueOf(root.text("name"));
        DatasetDraft board = new DatasetDraft(
                "metabase_dashboard." + root.text("entity_id"),
                name,
                DatasetKinds.DASHBOARD,
                DatasetRole.READER,
                line(path, root, "name"));
        board.owner(root.text("creator_id"));
        int position = 0;
        for (YamlValue part : root.items("dashcards")) {
            position++;
            String title = "card " + position;
            card(board, title, part.text("card_id"), line(path, part, "card_id"), cards);
            for (YamlValue series : part.items("series")) {
                card(board, title, series.text("card_id"), line(path, series, "card_id"), cards);
            }
        }
        draft.add(board.build(draft.files().blobId(path), "ansi"));
    }

    private static void card(
            DatasetDraft board, String title, @Nullable String card, SourceLocation at, Map<String, String> cards) {
        if (card == null) {
            return;
        }
        board.column(title, null, at);
        String id = cards.get(card);
        if (id == null) {
            board.unresolved(at, "the card " + card + " is not in the repository", null);
        } else {
            board.uses(title, id, null, IndirectUse.ROWS, at);
        }
    }

    /** One card. */
    private static final class Card {
        private static final int DEEPEST = 60;

        private final ReadingDraft draft;
        private final String path;
        private final YamlValue root;
        private final Map<String, String> cards;
        private final DatasetDraft card;

        Card(ReadingDraft draft, String path, YamlValue root, Map<String, String> cards) {
            this.draft = draft;
            this.path = path;
            this.root = root;
            this.cards = cards;
            String name = root.text("name") == null ? path : String.valueOf(root.text("name"));
            this.card = new DatasetDraft(
                    "metabase_card." + root.text("entity_id"),
                    name,
                    DatasetKinds.CHART,
                    DatasetRole.READER,
                    line(path, root, "name"));
            card.owner(root.text("creator_id"));
        }

        void build() {
            YamlValue query = root.get("dataset_query");
            if (query != null) {
                YamlValue sql = nativeSql(query);
                if (sql instanceof YamlValue.Scalar text) {
                    nativeQuery(text, sqlLine(query, text));
                } else {
                    walk(query, 0);
                }
            }
            draft.add(card.build(draft.files().blobId(path), "ansi"));
        }

        /** The text of a native query: in its old place, or in a stage. */
        private static @Nullable YamlValue nativeSql(YamlValue query) {
            YamlValue old = query.get("native");
            if (old != null && old.get("query") != null) {
                return old.get("query");
            }
            for (YamlValue stage : query.items("stages")) {
                if (stage.get("native") instanceof YamlValue.Scalar text) {
                    return text;
                }
            }
            return null;
        }

        /** Text of more than one line starts behind the line of its key. */
        private static int sqlLine(YamlValue query, YamlValue.Scalar text) {
            return text.line() + (text.text().indexOf('\n') >= 0 && text.kind() == ScalarKind.TEXT ? 1 : 0);
        }

        private void nativeQuery(YamlValue.Scalar text, int line) {
            SqlOptions options = SqlOptions.of(DialectGuess.of(List.of(text.text())));
            Relations relations = new Relations(options.nameRules());
            Dataset query = EmbeddedQuery.dataset(
                    card.id() + ".query",
                    card.name() + " (query)",
                    DatasetKinds.DERIVED_TABLE,
                    DatasetRole.PRODUCED,
                    SourceLocation.of(path, line),
                    List.of(FieldsOverTable.query(text.text(), path, line)),
                    draft.files().blobId(path),
                    options,
                    relations,
                    draft);
            FieldsOverTable.define(query, relations, draft);
            card.uses(null, query.id(), null, IndirectUse.ROWS, SourceLocation.of(path, line));
        }

        /** A query by fields: every reference to a field or table in it, wherever it stands. */
        private void walk(YamlValue value, int depth) {
            if (depth > DEEPEST) {
                card.unresolved(SourceLocation.of(path, value.line()), "the query is nested too deeply", null);
                return;
            }
            switch (value) {
                case YamlValue.Sequence sequence -> {
                    List<YamlValue> items = sequence.items();
                    if (items.size() >= 2 && isText(items.get(0), "field")) {
                        for (YamlValue item : items.subList(1, Math.min(3, items.size()))) {
                            if (item instanceof YamlValue.Sequence name) {
                                field(name);
                            }
                        }
                    } else {
                        items.forEach(item -> walk(item, depth + 1));
                    }
                }
                case YamlValue.Mapping mapping ->
                    mapping.entries().forEach((key, inner) -> {
                        if (key.equals("source-table") || key.equals("source-card")) {
                            source(inner);
                        } else {
                            walk(inner, depth + 1);
                        }
                    });
                case YamlValue.Scalar scalar -> {
                    // a word or number by itself names no field
                }
            }
        }

        private static boolean isText(YamlValue value, String text) {
            return value instanceof YamlValue.Scalar scalar && scalar.text().equals(text);
        }

        private void source(YamlValue source) {
            SourceLocation at = SourceLocation.of(path, source.line());
            if (source instanceof YamlValue.Sequence name && name.items().size() == 3) {
                card.reads(table(name.items(), at), at);
            } else if (source instanceof YamlValue.Scalar scalar) {
                String id = cards.get(scalar.text());
                if (id == null) {
                    card.unresolved(at, "the card " + scalar.text() + " is not in the repository", null);
                } else if (!id.equals(card.id())) {
                    card.uses(null, id, null, IndirectUse.ROWS, at);
                }
            }
        }

        /** A field by database, schema, table and column. */
        private void field(YamlValue.Sequence name) {
            if (name.items().size() >= 4 && name.items().get(3) instanceof YamlValue.Scalar column) {
                SourceLocation at = SourceLocation.of(path, column.line());
                String table = table(name.items().subList(0, 3), at);
                card.uses(null, table, column.text().toLowerCase(Locale.ROOT), DirectUse.IDENTITY, at);
            }
        }

        /** The database is the name of a connection, not of a database, so that only schema and table tell. */
        private String table(List<YamlValue> name, SourceLocation at) {
            StringBuilder qualified = new StringBuilder();
            for (YamlValue part : name.subList(1, 3)) {
                if (part instanceof YamlValue.Scalar scalar && scalar.kind() != ScalarKind.NULL) {
                    qualified
                            .append(qualified.isEmpty() ? "" : ".")
                            .append(scalar.text().toLowerCase(Locale.ROOT));
                }
            }
            return draft.table(qualified.toString(), at);
        }
    }
}
