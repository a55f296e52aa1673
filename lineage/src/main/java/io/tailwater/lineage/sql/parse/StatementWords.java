package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.dialect.Keyword;

/** The words that start statements. */
final class StatementWords {

    private StatementWords() {}

    /** Whether {@code keyword} starts a statement and, in T-SQL, can be nothing else behind the end of another. */
    static boolean isStart(Keyword keyword) {
        return switch (keyword) {
            case SELECT,
                    INSERT,
                    UPDATE,
                    DELETE,
                    MERGE,
                    WITH,
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
                    DENY,
                    COMMIT,
                    ROLLBACK,
                    SAVE,
                    RAISERROR,
                    THROW,
                    OPEN,
                    CLOSE,
                    FETCH,
                    DEALLOCATE,
                    BULK,
                    DBCC,
                    WAITFOR,
                    GOTO,
                    BREAK,
                    CONTINUE,
                    END,
                    ELSE -> true;
            default -> false;
        };
    }
}
