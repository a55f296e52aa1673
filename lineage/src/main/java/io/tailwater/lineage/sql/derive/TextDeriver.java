package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.catalog.Catalog;
import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.parse.ParseLimits;
import io.tailwater.lineage.sql.parse.ParseResult;
import io.tailwater.lineage.sql.parse.SqlParser;
import io.tailwater.lineage.sql.result.SqlAnalysis;
import io.tailwater.lineage.sql.result.TableRef;
import org.jspecify.annotations.Nullable;

/** Derives the lineage of one text after the other in one session. */
public final class TextDeriver {

    private final Dialect dialect;
    private final Catalog catalog;
    private final ProvenColumns proven;
    private final int maximumDependencies;
    private final int maximumViewDepth;
    private final Session session;

    /**
     * A fresh session.
     *
     * @param proven columns of tables whose columns are not all known
     * @param defaultDatabase normalised, or null
     * @param defaultSchema normalised, or null
     */
    public TextDeriver(
            Dialect dialect,
            Catalog catalog,
            ProvenColumns proven,
            @Nullable String defaultDatabase,
            @Nullable String defaultSchema,
            int maximumDependencies,
            int maximumViewDepth) {
        this.dialect = dialect;
        this.catalog = catalog;
        this.proven = proven;
        this.maximumDependencies = maximumDependencies;
        this.maximumViewDepth = maximumViewDepth;
        this.session = new Session(defaultDatabase, defaultSchema);
    }

    /** The lineage of a text; what it creates is seen by the texts after it. */
    public SqlAnalysis derive(String sql) {
        ParseResult parsed = SqlParser.parse(sql, dialect, ParseLimits.DEFAULT);
        Derivation derivation = new Derivation(sql, dialect, catalog, proven, session, maximumViewDepth);
        StatementDeriver statements =
                new StatementDeriver(derivation, new Assembler(parsed.recoveries(), maximumDependencies));
        statements.all(parsed.statements(), Env.EMPTY);
        return new SqlAnalysis(statements.results(), parsed.recoveries().size());
    }

    /** A name with the session's defaults in front. */
    public TableRef qualify(TableRef written) {
        return session.qualify(written);
    }
}
