package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.dialect.Keyword;
import org.jspecify.annotations.Nullable;

/** The words a routine's body can start with. */
final class StatementStart {

    private StatementStart() {}

    static boolean isStatement(@Nullable Keyword keyword) {
        if (keyword == null) {
            return false;
        }
        return switch (keyword) {
            case SELECT,
                    WITH,
                    INSERT,
                    UPDATE,
                    DELETE,
                    MERGE,
                    BEGIN,
                    DECLARE,
                    SET,
                    IF,
                    WHILE,
                    CALL,
                    EXEC,
                    EXECUTE,
                    COPY,
                    TRUNCATE,
                    CREATE,
                    DROP,
                    ALTER,
                    RETURN,
                    FROM,
                    VALUES,
                    UNLOAD,
                    REPLACE -> true;
            default -> false;
        };
    }
}
