package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.project.CompiledQuery;
import io.tailwater.lineage.sql.SqlLineage;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.catalog.NameRules;
import io.tailwater.lineage.sql.derive.RoutineTypes;
import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.parse.ParseLimits;
import io.tailwater.lineage.sql.parse.ParseResult;
import io.tailwater.lineage.sql.parse.SqlParser;
import io.tailwater.lineage.sql.result.SqlAnalysis;
import io.tailwater.lineage.sql.result.StatementKind;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.tree.Ddl;
import io.tailwater.lineage.sql.tree.Dml;
import io.tailwater.lineage.sql.tree.QuoteStyle;
import io.tailwater.lineage.sql.tree.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An SQL file that was read, and what its statements were last found to do. */
final class ParsedFile {
    private static final Pattern TEMPORARY =
            Pattern.compile("(?is)\\s*create\\s+(?:or\\s+replace\\s+)?(?:local\\s+|global\\s+)?temp(?:orary)?\\b.*");

    final MigrationFile file;
    final SqlText text;
    final List<ParseResult> parsed;
    private final NameRules rules;
    /** The files whose outcome it states; empty unless it is a dump of what exists. */
    final Set<String> replaces;

    private List<SqlAnalysis> analyses = List.of();

    ParsedFile(MigrationFile file, SqlText text, String dialect) {
        this(file, text, dialect, Set.of());
    }

    ParsedFile(MigrationFile file, SqlText text, String dialect, Set<String> replaces) {
        this.replaces = replaces;
        this.file = file;
        this.text = text;
        Dialect read = Dialect.named(dialect);
        this.rules = NameRules.of(read);
        this.parsed = text.variants().stream()
                .map(variant -> SqlParser.parse(variant.sql(), read, ParseLimits.DEFAULT))
                .toList();
    }

    /** Finds out what the statements do, as far as these options know tables. */
    void analyse(SqlOptions options) {
        analyses = text.variants().stream()
                .map(variant -> SqlLineage.analyze(variant.sql(), options))
                .toList();
    }

    /** What was last found, one for each variant of the text. */
    List<SqlAnalysis> analyses() {
        return analyses;
    }

    /** Every table that any statement reads. */
    Set<TableRef> tablesRead() {
        Set<TableRef> tables = new LinkedHashSet<>();
        analyses.forEach(analysis -> analysis.statements().forEach(statement -> tables.addAll(statement.tablesRead())));
        return tables;
    }

    /** Whether it holds a query and nothing that names what lasts: something else decides where the rows go. */
    boolean isBareQuery() {
        boolean names = parsed.stream()
                .flatMap(result -> result.statements().stream())
                .anyMatch(statement -> statement instanceof Ddl || statement instanceof Dml);
        boolean temporary = true;
        if (names) {
            for (int i = 0; i < parsed.size(); i++) {
                String sql = text.variants().get(i).sql();
                temporary &= parsed.get(i).statements().stream()
                        .filter(statement -> statement instanceof Ddl || statement instanceof Dml)
                        .allMatch(statement -> isTemporary(statement, sql));
            }
        }
        return temporary && query(0) != null;
    }

    private boolean isTemporary(Statement statement, String sql) {
        boolean written = TEMPORARY.matcher(statement.range().of(sql)).matches();
        return written
                || analyses.stream()
                        .flatMap(analysis -> analysis.statements().stream())
                        .anyMatch(lineage ->
                                lineage.temporary() && statement.range().contains(lineage.range()));
    }

    /** The last query of a variant, which gives the file's rows; null if there is none. */
    @Nullable
    StatementLineage query(int variant) {
        StatementLineage last = null;
        for (StatementLineage statement : analyses.get(variant).statements()) {
            if (statement.kind() == StatementKind.QUERY
                    && !statement.output().isEmpty()
                    && isOfTheFile(variant, statement)) {
                last = statement;
            }
        }
        return last;
    }

    /** Whether a statement stands in the file itself, not in a routine that the file defines. */
    private boolean isOfTheFile(int variant, StatementLineage lineage) {
        return parsed.get(variant).statements().stream()
                .filter(statement -> statement.range().contains(lineage.range()))
                .noneMatch(statement -> statement instanceof Ddl.CreateRoutine);
    }

    /** Whether it makes tables whose columns are those of a query. */
    boolean createsTablesByQuery() {
        return analyses.stream()
                .flatMap(analysis -> analysis.statements().stream())
                .anyMatch(statement -> !statement.temporary()
                        && (statement.kind() == StatementKind.CREATE_TABLE_AS
                                || statement.kind() == StatementKind.CREATE_TABLE_LIKE));
    }

    /** What lasting functions return that the file defines and whose structure is known. */
    Map<TableRef, String> functions() {
        Map<TableRef, String> functions = new LinkedHashMap<>();
        for (int i = 0; i < parsed.size(); i++) {
            String sql = text.variants().get(i).sql();
            for (Statement statement : parsed.get(i).statements()) {
                if (statement instanceof Ddl.CreateRoutine routine
                        && !TEMPORARY.matcher(routine.range().of(sql)).matches()) {
                    String returns = RoutineTypes.of(routine);
                    if (returns != null) {
                        functions.put(
                                new TableRef(routine.name().parts().stream()
                                        .map(part -> rules.tablePart(part.text(), part.quote() != QuoteStyle.NONE))
                                        .toList()),
                                returns);
                    }
                }
            }
        }
        return functions;
    }

    /** The variants' texts with their queries, as pieces of what the file fills. */
    List<TableState.Piece> pieces() {
        List<TableState.Piece> pieces = new ArrayList<>();
        for (int i = 0; i < text.variants().size(); i++) {
            StatementLineage query = query(i);
            CompiledQuery variant = text.variants().get(i);
            if (query != null) {
                pieces.add(new TableState.Piece(file.path(), variant, query));
            }
        }
        return pieces;
    }
}
