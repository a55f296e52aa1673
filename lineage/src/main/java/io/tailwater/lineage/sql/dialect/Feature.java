package io.tailwater.lineage.sql.dialect;

/** Something that SQL of one database has and of another has not, where reading both the same way would misread one. */
public enum Feature {
    /** {@code "text"} is a string, not a name. */
    DOUBLE_QUOTED_STRINGS,
    /** {@code `name`}. */
    BACKTICK_NAMES,
    /** {@code [name]}; brackets are no subscripts then. */
    BRACKET_NAMES,
    /** One pair of back-ticks may hold a dotted name. */
    DOTTED_BACKTICK_NAMES,
    /** A backslash in a string escapes the next character. */
    BACKSLASH_ESCAPES,
    /** {@code '''text'''} and {@code """text"""}. */
    TRIPLE_QUOTED_STRINGS,
    /** {@code $$text$$}, {@code $tag$text$tag$}. */
    DOLLAR_QUOTED_STRINGS,
    /** {@code q'[text]'}. */
    Q_QUOTED_STRINGS,
    /** {@code # comment}. */
    HASH_COMMENTS,
    /** {@code // comment}. */
    SLASH_COMMENTS,
    /** Block comments hold block comments. */
    NESTED_COMMENTS,
    /** Names may start with digits ({@code 1_table}). */
    NAMES_START_WITH_DIGITS,
    /** Names may hold {@code #}, as in {@code #temporary}. */
    HASH_IN_NAMES,
    /** Names may hold {@code #}, but not start with it. */
    HASH_IN_LATER_NAMES,
    /** Unquoted table names may hold dashes ({@code my-project.dataset.table}). */
    DASHES_IN_TABLE_NAMES,
    /** {@code @name} is a variable or parameter. */
    AT_VARIABLES,
    /** {@code @name/path} is a stage. */
    AT_STAGES,
    /** {@code $1} is a column by position. */
    DOLLAR_COLUMNS,
    /** {@code ?}, {@code ?|} and {@code ?&} are operators. */
    QUESTION_OPERATORS,
    /** {@code a:b.c} reaches into a document. */
    COLON_PATHS,
    /** Statements need no semicolon between them; a line {@code GO} ends a batch. */
    OPTIONAL_SEMICOLONS,
    /** {@code SELECT alias = value}. */
    ALIAS_EQUALS_VALUE,
    /** {@code SELECT value 'alias'}. */
    STRING_ALIASES,
    /** A line with a mere {@code /} ends a statement. */
    SLASH_ENDS_STATEMENT,
    /** {@code DELIMITER //} sets what ends a statement. */
    DELIMITER_COMMAND,
    /** {@code 5!} is a factorial. */
    POSTFIX_FACTORIAL,
    /** ClickHouse's FINAL, PREWHERE, SETTINGS, FORMAT, LIMIT BY, ARRAY JOIN, {@code WITH value AS name}, {@code x ? y : z}. */
    CLICKHOUSE_CLAUSES,
    /** Hive's LATERAL VIEW, CLUSTER, DISTRIBUTE and SORT BY. */
    HIVE_CLAUSES,
    /** FROM may stand first, or alone. */
    FROM_FIRST,
    /** {@code TOP n}. */
    TOP,
    /** {@code n DAYS} is a duration. */
    LABELED_DURATIONS,
    /** Attributes and casts stand in parentheses behind a value: {@code '1' (SMALLINT)}. */
    PARENTHESISED_ATTRIBUTES,
    /** Any run of operator characters is an operator. */
    CUSTOM_OPERATORS,
    /** {@code &name} is filled in by the client. */
    AMPERSAND_VARIABLES,
    /** A backslash outside of strings starts a command to the client, up to the end of the line. */
    BACKSLASH_COMMANDS,
    /** A comment {@code -- COMMAND ----------} ends a notebook's cell. */
    NOTEBOOK_CELLS,
    /** BTEQ: a line that starts with a dot and a letter is a command of the program, {@code .LOGON}. */
    DOT_COMMANDS,
    /** Procedural code ends names of blocks and bodies with {@code END name}, declares after {@code IS} or {@code AS}. */
    PL_SQL
}
