package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.tree.Statement;
import java.util.Locale;

/** Statements that are recognised and passed over: they neither read nor write rows that matter to lineage. */
final class Skips extends GrammarPart {

    Skips(Grammar grammar) {
        super(grammar);
    }

    /** The statement that {@code keyword} starts, if it is one without meaning for lineage. */
    Statement statement(int mark, Keyword keyword) {
        if (!isSkipped(keyword)) {
            return grammar.scripts.withoutKeyword(mark);
        }
        advance();
        if (keyword == GRANT || keyword == REVOKE || keyword == DENY) {
            // the rights are words that start statements
            skipUntil(() -> atAny(ON, TO, FROM));
        }
        return rest(mark, keyword.name().toLowerCase(Locale.ROOT));
    }

    private static boolean isSkipped(Keyword keyword) {
        return switch (keyword) {
            case GRANT,
                    REVOKE,
                    DENY,
                    COMMENT,
                    ANALYZE,
                    ANALYSE,
                    VACUUM,
                    SHOW,
                    DESCRIBE,
                    DESC,
                    RESET,
                    COMMIT,
                    ROLLBACK,
                    SAVEPOINT,
                    SAVE,
                    START,
                    LOCK,
                    UNLOCK,
                    KILL,
                    OPTIMIZE,
                    MSCK,
                    REFRESH,
                    INVALIDATE,
                    ADD,
                    LIST,
                    LS,
                    REMOVE,
                    RM,
                    GET,
                    UNSET,
                    PRAGMA,
                    ATTACH,
                    DETACH,
                    INSTALL,
                    CHECKPOINT,
                    FLUSH,
                    REINDEX,
                    CLUSTER,
                    LISTEN,
                    NOTIFY,
                    UNLISTEN,
                    DISCARD,
                    PREPARE,
                    DEALLOCATE,
                    CLOSE,
                    FETCH,
                    OPEN,
                    MOVE,
                    COLLECT,
                    HELP,
                    PRINT,
                    RAISERROR,
                    RAISE,
                    THROW,
                    WAITFOR,
                    GOTO,
                    BREAK,
                    CONTINUE,
                    UNDROP,
                    SECURITY,
                    REASSIGN,
                    IMPORT,
                    CHECK,
                    REPAIR,
                    BACKUP,
                    RESTORE,
                    DBCC,
                    ABORT,
                    END,
                    EXIT,
                    LEAVE,
                    ITERATE,
                    NULL,
                    PURGE,
                    ASSERT,
                    SIGNAL,
                    RESIGNAL,
                    UNCACHE,
                    CLEAR,
                    CHANGE,
                    HANDLER,
                    RELEASE,
                    DO,
                    GIVE,
                    DATABASE,
                    LOGGING,
                    RECONFIGURE,
                    FINISH,
                    SYSTEM,
                    STOP,
                    WATCH,
                    EXCEPTION,
                    MODIFY,
                    DELIMITER,
                    SUBSCRIBE,
                    VALIDATE,
                    TUNE,
                    COMPUTE,
                    CONNECT,
                    DISCONNECT,
                    SHUTDOWN,
                    BINLOG,
                    CHECKSUM,
                    DUMP,
                    ROLE,
                    INITIATE,
                    TERMINATE,
                    MOUNT,
                    UNMOUNT,
                    PROFILE,
                    TRACE,
                    AUDIT,
                    NOAUDIT,
                    ASSOCIATE,
                    FLASHBACK,
                    RECOVER,
                    GENERATE,
                    BULK,
                    FREEZE,
                    DISABLE,
                    ENABLE,
                    SEND,
                    RECEIVE,
                    REPORT,
                    PRELOAD,
                    RECOMPRESS,
                    PAUSE,
                    RESUME,
                    CONVERT,
                    CONSTRAINT -> true;
            default -> false;
        };
    }

    /** Passes over the rest of the statement. */
    Statement rest(int mark, String kind) {
        while (!atEnd() && !(mark != mark() && grammar.statements.atNextStatement())) {
            advance();
        }
        return skipped(mark, kind);
    }

    Statement skipped(int mark, String kind) {
        return new Statement.Skipped(kind, rangeFrom(mark));
    }

    /** Teradata's {@code LOCKING TABLE t FOR ACCESS query}; other locks are passed over. */
    Statement locking(int mark) {
        advance();
        skipUntil(() -> at(FOR));
        if (accept(FOR)) {
            advance();
            acceptAny(MODE, NOWAIT);
            if (atStatement() || at(LOCKING) || at(SEL)) {
                return grammar.statements.statement();
            }
        }
        return rest(mark, "lock");
    }

    /** {@code EXPLAIN … statement}. */
    Statement explain(int mark) {
        advance();
        while (!atEnd() && !atStatement()) {
            if (at('(')) {
                skipParenthesised();
            } else {
                advance();
            }
        }
        if (atEnd()) {
            return skipped(mark, "explain");
        }
        return new Statement.Explain(grammar.statements.statement(), rangeFrom(mark));
    }

    private boolean atStatement() {
        return atAny(SELECT, WITH, INSERT, UPDATE, DELETE, MERGE, CREATE, FROM, VALUES, REPLACE, ALTER, DROP)
                        && !(at(WITH) && next('('))
                || at('(') && grammar.queries.startsBehindParentheses(0);
    }
}
