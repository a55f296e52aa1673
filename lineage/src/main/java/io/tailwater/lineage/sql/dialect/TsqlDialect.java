package io.tailwater.lineage.sql.dialect;

import static io.tailwater.lineage.sql.dialect.Feature.*;
import static io.tailwater.lineage.sql.dialect.Keyword.*;

/** Transact-SQL: SQL Server, Azure SQL, Synapse, Fabric. */
final class TsqlDialect {

    static final Dialect INSTANCE = AnsiDialect.INSTANCE
            .variant("tsql")
            .aliases("sqlserver", "mssql", "transactsql", "synapse", "fabric", "azuresql", "sybase")
            .with(
                    BRACKET_NAMES,
                    HASH_IN_NAMES,
                    NESTED_COMMENTS,
                    OPTIONAL_SEMICOLONS,
                    ALIAS_EQUALS_VALUE,
                    STRING_ALIASES)
            .without(BACKTICK_NAMES, HIVE_CLAUSES, DOTTED_BACKTICK_NAMES)
            .withoutSymbols("#", "#>", "#>>", "#-", "##", "->", "->>")
            .release(Keyword.LIMIT)
            .reserve(
                    INSERT,
                    UPDATE,
                    DELETE,
                    MERGE,
                    CREATE,
                    ALTER,
                    DROP,
                    TRUNCATE,
                    DECLARE,
                    SET,
                    IF,
                    WHILE,
                    BEGIN,
                    EXEC,
                    EXECUTE,
                    USE,
                    PRINT,
                    RETURN,
                    GRANT,
                    REVOKE,
                    COMMIT,
                    ROLLBACK,
                    OPEN,
                    CLOSE,
                    DEALLOCATE,
                    RAISERROR,
                    WAITFOR,
                    GOTO)
            .datePartFirst("DATEDIFF_BIG", "DATETRUNC", "DATE_BUCKET")
            .build();

    private TsqlDialect() {}
}
