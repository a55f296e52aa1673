package io.tailwater.lineage.project.liquibase;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.sql.ScriptText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What change types do, as SQL (https://docs.liquibase.com/change-types/home.html). What is not followed is listed at its line.
 */
final class ChangeStatements {
    private static final Set<String> WITHOUT_COLUMNS = Set.of(
            "addPrimaryKey",
            "dropPrimaryKey",
            "addForeignKeyConstraint",
            "dropForeignKeyConstraint",
            "dropAllForeignKeyConstraints",
            "addUniqueConstraint",
            "dropUniqueConstraint",
            "addCheckConstraint",
            "dropCheckConstraint",
            "enableCheckConstraint",
            "disableCheckConstraint",
            "createIndex",
            "dropIndex",
            "addNotNullConstraint",
            "dropNotNullConstraint",
            "addDefaultValue",
            "dropDefaultValue",
            "addAutoIncrement",
            "createSequence",
            "dropSequence",
            "alterSequence",
            "renameSequence",
            "setTableRemarks",
            "setColumnRemarks",
            "setViewRemarks",
            "tagDatabase",
            "output",
            "empty",
            "stop",
            "comment",
            "rollback",
            "validCheckSum",
            "preConditions",
            "modifySql",
            "createFunction",
            "dropFunction",
            "createTrigger",
            "dropTrigger",
            "enableTrigger",
            "disableTrigger",
            "renameTrigger",
            "createPackage",
            "createPackageBody",
            "dropPackage",
            "dropPackageBody",
            "dropProcedure",
            "createSynonym",
            "dropSynonym",
            "markUnused",
            "property",
            "ext",
            "alterSession",
            "prologue",
            "sleep");
    private static final Pattern TYPE =
            Pattern.compile("[A-Za-z_][\\w .]{0,100}(?:\\([\\w ,.'-]{0,2000}\\))?[\\w \\[\\]]{0,60}");

    /** Reads files that changes name. */
    interface Files {
        /** A file of SQL by its name and how the name is meant; null if it is not in the repository. */
        @Nullable
        String find(String named, boolean relative);

        /** Its text; null if it has none. */
        @Nullable
        String text(String path);
    }

    private final String path;
    private final String dialect;
    private final Files files;
    private final UnaryOperator<String> properties;
    private final ScriptText sql;
    private final List<Unresolved> unresolved;
    private final boolean tolerant;

    ChangeStatements(
            String path,
            String dialect,
            Files files,
            UnaryOperator<String> properties,
            ScriptText sql,
            List<Unresolved> unresolved,
            boolean tolerant) {
        this.path = path;
        this.dialect = dialect;
        this.files = files;
        this.properties = properties;
        this.sql = sql;
        this.unresolved = unresolved;
        this.tolerant = tolerant;
    }

    /** Adds what a change does. */
    void change(Node change) {
        switch (change.name()) {
            case "createTable" -> createTable(change);
            case "dropTable" -> add(change, "DROP TABLE " + ifExists() + table(change, "tableName"));
            case "renameTable" ->
                add(
                        change,
                        "ALTER TABLE " + table(change, "oldTableName") + " RENAME TO " + name(change, "newTableName"));
            case "addColumn" -> change.children("column").forEach(column -> addColumn(change, column));
            case "dropColumn" -> dropColumns(change);
            case "renameColumn" ->
                add(
                        change,
                        alter(change) + "RENAME COLUMN " + name(change, "oldColumnName") + " TO "
                                + name(change, "newColumnName"));
            case "modifyDataType" ->
                add(
                        change,
                        alter(change) + "ALTER COLUMN " + name(change, "columnName") + " TYPE "
                                + type(change.attribute("newDataType")));
            case "modifyColumn" ->
                change.children("column")
                        .forEach(column -> add(
                                column,
                                alter(change) + "ALTER COLUMN " + name(column, "name") + " TYPE "
                                        + type(column.attribute("type"))));
            case "mergeColumns" -> {
                add(
                        change,
                        alter(change) + "ADD COLUMN " + name(change, "finalColumnName") + " "
                                + type(change.attribute("finalColumnType")));
                add(change, alter(change) + "DROP COLUMN " + name(change, "column1Name"));
                add(change, alter(change) + "DROP COLUMN " + name(change, "column2Name"));
            }
            case "addLookupTable" ->
                add(
                        change,
                        "CREATE TABLE " + table(change, "newTableName") + " (" + name(change, "newColumnName") + " "
                                + type(change.attribute("newColumnDataType")) + ")");
            case "createView" -> createView(change);
            case "dropView" -> add(change, "DROP VIEW " + ifExists() + table(change, "viewName"));
            case "renameView" ->
                add(
                        change,
                        "ALTER TABLE " + table(change, "oldViewName") + " RENAME TO " + name(change, "newViewName"));
            case "sql", "createProcedure" -> written(change, change.attribute("path"));
            case ChangeLog.WRITTEN_SQL -> author(change, change.text());
            case "sqlFile" -> written(change, change.attribute("path"));
            case "insert" ->
                rows(
                        change,
                        "INSERT INTO " + table(change, "tableName") + " (" + columns(change) + ") VALUES ("
                                + values(change) + ")");
            case "loadData", "loadUpdateData" ->
                rows(
                        change,
                        "INSERT INTO " + table(change, "tableName") + " VALUES ("
                                + text(String.valueOf(change.attribute("file"))) + ")");
            case "update" ->
                rows(change, "UPDATE " + table(change, "tableName") + " SET " + settings(change) + where(change));
            case "delete" -> rows(change, "DELETE FROM " + table(change, "tableName") + where(change));
            default -> {
                if (!WITHOUT_COLUMNS.contains(change.name())) {
                    open(change, "what the change " + change.name() + " does is not followed");
                }
            }
        }
    }

    private void createTable(Node change) {
        sql.add("CREATE TABLE " + ifNotExists(change) + table(change, "tableName") + " (\n", at(change.line()));
        boolean first = true;
        for (Node column : change.children("column")) {
            sql.add(
                    (first ? "" : ", ") + name(column, "name") + " " + type(column.attribute("type")) + "\n",
                    at(column.line()));
            first = false;
        }
        sql.add(")\n;\n", at(change.line()));
    }

    private void addColumn(Node change, Node column) {
        sql.add(
                alter(change) + "ADD COLUMN " + ifNotExists(change) + name(column, "name") + " "
                        + type(column.attribute("type")) + "\n;\n",
                at(column.line()));
    }

    private void dropColumns(Node change) {
        if (change.attribute("columnName") != null) {
            add(change, alter(change) + "DROP COLUMN " + ifExists() + name(change, "columnName"));
        }
        for (Node column : change.children("column")) {
            sql.add(alter(change) + "DROP COLUMN " + ifExists() + name(column, "name") + "\n;\n", at(column.line()));
        }
    }

    private void createView(Node change) {
        boolean whole = "true".equals(change.attribute("fullDefinition"));
        if (!whole) {
            sql.add("CREATE OR REPLACE VIEW " + table(change, "viewName") + " AS\n", at(change.line()));
        }
        written(change, change.attribute("path"));
    }

    /** SQL that the change holds, or that the file holds that it names. */
    private void written(Node change, @Nullable String named) {
        if (named == null) {
            String text = change.attributes()
                    .getOrDefault(
                            "selectQuery", change.attributes().getOrDefault("sql", change.attribute("procedureBody")));
            author(change, text == null ? change.text() : text);
            return;
        }
        String file = files.find(properties.apply(named), "true".equals(change.attribute("relativeToChangelogFile")));
        String text = file == null ? null : files.text(file);
        if (file == null || text == null) {
            open(change, "the file " + named + " is not in the repository");
            sql.add("\n;\n", at(change.line()));
        } else {
            sql.addLines(delimited(change, properties.apply(text)), file, 1).add("\n;\n", at(change.line()));
        }
    }

    private void author(Node change, String text) {
        if (text.isBlank()) {
            open(change, "there is no SQL in this change");
            return;
        }
        sql.addLines(delimited(change, properties.apply(text)), path, change.textLine())
                .add("\n;\n", at(change.line()));
    }

    /** With the statements ending as SQL ends them. */
    private static String delimited(Node change, String text) {
        String end = change.attribute("endDelimiter");
        if (end == null || end.isBlank() || end.equals(";") || end.contains("\\")) {
            return text;
        }
        return Pattern.compile("(?im)" + (end.matches("\\w+") ? "^\\s*" : "") + Pattern.quote(end) + "\\s*$")
                .matcher(text)
                .replaceAll(";");
    }

    private void rows(Node change, String statement) {
        sql.add(statement + "\n;\n", at(change.line()));
    }

    private String columns(Node change) {
        List<String> names = new ArrayList<>();
        change.children("column").forEach(column -> names.add(name(column, "name")));
        return String.join(", ", names);
    }

    private static String values(Node change) {
        return String.join(
                ", ",
                change.children("column").stream().map(ChangeStatements::value).toList());
    }

    private String settings(Node change) {
        List<String> settings = new ArrayList<>();
        change.children("column").forEach(column -> settings.add(name(column, "name") + " = " + value(column)));
        return String.join(", ", settings);
    }

    private static String value(Node column) {
        for (Map.Entry<String, String> each : column.attributes().entrySet()) {
            if (each.getKey().startsWith("value") && !each.getKey().equals("valueComputed")) {
                return text(each.getValue());
            }
        }
        // an expression may hold anything, so it counts as a text: only whether it changes matters here
        String computed = column.attribute("valueComputed");
        return computed == null
                ? column.text().isBlank() ? "NULL" : text(column.text().strip())
                : text(computed);
    }

    private static String text(String value) {
        return "'"
                + value.replace("\\", "/").replace("'", "''").replace("\n", " ").replace("\r", " ") + "'";
    }

    private String where(Node change) {
        String where = change.attribute("where");
        for (Node child : change.children("where")) {
            where = child.text();
        }
        return where == null || where.isBlank() ? "" : " WHERE " + text(where.strip()) + " IS NOT NULL";
    }

    private String alter(Node change) {
        return "ALTER TABLE " + table(change, "tableName") + " ";
    }

    private String ifExists() {
        return tolerant ? "IF EXISTS " : "";
    }

    private String ifNotExists(Node change) {
        return tolerant || "true".equals(change.attribute("ifNotExists")) ? "IF NOT EXISTS " : "";
    }

    private String table(Node change, String attribute) {
        String schema = change.attribute("schemaName");
        String catalog = change.attribute("catalogName");
        StringBuilder name = new StringBuilder();
        if (schema != null && !schema.isBlank()) {
            if (catalog != null && !catalog.isBlank()) {
                name.append(quoted(catalog)).append('.');
            }
            name.append(quoted(schema)).append('.');
        }
        return name.append(name(change, attribute)).toString();
    }

    private String name(Node change, String attribute) {
        String name = change.attribute(attribute);
        if (name == null || name.isBlank()) {
            open(change, "the change " + change.name() + " does not say its " + attribute);
            return "${" + attribute + "}";
        }
        return quoted(name);
    }

    /** A name as Liquibase writes it: without quotes unless capitals and small letters are mixed. */
    private String quoted(String written) {
        String name = properties.apply(written).strip();
        boolean plain = name.equals(name.toUpperCase(Locale.ROOT)) && name.matches("\\w+");
        boolean folds = !Set.of("oracle", "snowflake", "db2", "mysql", "mariadb", "bigquery")
                .contains(dialect);
        return sql.quoted(plain && folds ? name.toLowerCase(Locale.ROOT) : name);
    }

    private String type(@Nullable String written) {
        String type =
                written == null ? "" : properties.apply(written).strip().replaceFirst("^java\\.sql\\.Types\\.", "");
        return TYPE.matcher(type).matches() ? type : type.isEmpty() ? "" : "VARCHAR";
    }

    private void add(Node change, String statement) {
        sql.add(statement + "\n;\n", at(change.line()));
    }

    private SourceLocation at(int line) {
        return SourceLocation.of(path, line);
    }

    private void open(Node change, String reason) {
        unresolved.add(new Unresolved(at(change.line()), reason, null, null));
    }
}
