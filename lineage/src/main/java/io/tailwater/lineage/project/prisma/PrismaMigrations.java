package io.tailwater.lineage.project.prisma;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.sql.ScriptText;
import io.tailwater.lineage.project.sql.SqlScript;
import io.tailwater.lineage.project.sql.SqlScripts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Prisma: {@code migrations/<folder>/migration.sql} in the order of their folders
 * (https://www.prisma.io/docs/orm/prisma-migrate), and the models of schemas for tables that no migration makes.
 */
public final class PrismaMigrations implements SqlScripts {
    private static final Pattern MIGRATION = Pattern.compile("((?:.*/)?migrations)/([^/]+)/migration\\.sql");
    private static final Pattern PROVIDER = Pattern.compile("(?m)^\\s*provider\\s*=\\s*\"(\\w+)\"");
    private static final Map<String, String> DIALECTS = Map.of(
            "postgresql", "postgres",
            "postgres", "postgres",
            "cockroachdb", "postgres",
            "mysql", "mysql",
            "sqlite", "sqlite",
            "sqlserver", "tsql");
    private static final Map<String, String> TYPES = Map.of(
            "String", "TEXT",
            "Boolean", "BOOLEAN",
            "Int", "INTEGER",
            "BigInt", "BIGINT",
            "Float", "DOUBLE PRECISION",
            "Decimal", "DECIMAL(65, 30)",
            "DateTime", "TIMESTAMP(3)",
            "Json", "JSONB",
            "Bytes", "BYTEA");
    private static final Pattern NATIVE = Pattern.compile("@\\w+\\.(\\w+)(\\([\\d,\\s]*\\))?");

    private record Migrations(String folder, List<String> paths) {}

    @Override
    public Found find(SourceTree files, String dialect) {
        Map<String, PrismaSchema> schemas = new TreeMap<>();
        List<Unresolved> unresolved = new ArrayList<>();
        Set<String> taken = new LinkedHashSet<>();
        for (String path : files.paths(path -> path.endsWith(".prisma") && !files.isTaken(path))) {
            taken.add(path);
            String text = files.text(path);
            if (text == null) {
                unresolved.add(new Unresolved(SourceLocation.of(path, 1), files.problem(path), null, null));
            } else {
                PrismaSchema schema = PrismaSchema.read(path, text);
                unresolved.addAll(schema.problems);
                schemas.put(path, schema);
            }
        }
        List<SqlScript> scripts = new ArrayList<>();
        for (Migrations migrations : migrations(files, !schemas.isEmpty())) {
            String chosen = dialect(files, migrations, schemas, dialect);
            for (String path : migrations.paths()) {
                taken.add(path);
                String text = files.text(path);
                if (text == null) {
                    unresolved.add(new Unresolved(SourceLocation.of(path, 1), files.problem(path), null, null));
                } else {
                    String told = files.config().dialectOf(path);
                    scripts.add(new ScriptText(told == null ? chosen : told, SourceLocation.of(path, 1))
                            .addLines(text, path, 1)
                            .script(path, SqlScript.Kind.MIGRATION));
                }
            }
        }
        byProject(schemas).values().forEach(project -> models(files, project, schemas, dialect, scripts, unresolved));
        return new Found(scripts, unresolved, taken);
    }

    /** Folders of migrations, each with its migrations in order. */
    private static List<Migrations> migrations(SourceTree files, boolean hasSchema) {
        Map<String, List<String>> byFolder = new TreeMap<>();
        for (String path : files.paths(path -> path.endsWith("/migration.sql") && !files.isTaken(path))) {
            Matcher migration = MIGRATION.matcher(path);
            if (migration.matches() && (hasSchema || files.has(migration.group(1) + "/migration_lock.toml"))) {
                byFolder.computeIfAbsent(migration.group(1), folder -> new ArrayList<>())
                        .add(path);
            }
        }
        List<Migrations> all = new ArrayList<>();
        byFolder.forEach((folder, paths) -> {
            paths.sort(Comparator.naturalOrder());
            all.add(new Migrations(folder, paths));
        });
        return all;
    }

    private static String dialect(
            SourceTree files, Migrations migrations, Map<String, PrismaSchema> schemas, String usual) {
        String lock = migrations.folder() + "/migration_lock.toml";
        String text = files.has(lock) ? files.text(lock) : null;
        Matcher provider = PROVIDER.matcher(text == null ? "" : text);
        String folder = parent(migrations.folder());
        String told = provider.find()
                ? provider.group(1)
                : schemas.values().stream()
                        .filter(schema -> schema.provider != null)
                        .min(Comparator.comparing(
                                schema -> pathOf(schemas, schema).startsWith(folder + "/") ? 0 : 1))
                        .map(schema -> schema.provider)
                        .orElse(null);
        return dialect(told, usual);
    }

    private static String dialect(@Nullable String provider, String usual) {
        String known = provider == null ? null : DIALECTS.get(provider);
        return known == null ? usual : known;
    }

    private static String pathOf(Map<String, PrismaSchema> schemas, PrismaSchema schema) {
        return schemas.entrySet().stream()
                .filter(entry -> entry.getValue() == schema)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /** Files of one schema: those of a folder, or one that stands beside others of which each has a data source. */
    private static Map<String, List<String>> byProject(Map<String, PrismaSchema> schemas) {
        Map<String, List<String>> projects = new TreeMap<>();
        schemas.forEach((path, schema) -> {
            String root = schema.provider != null ? path : rootOf(path, schemas);
            projects.computeIfAbsent(root, key -> new ArrayList<>()).add(path);
        });
        return projects;
    }

    /** The file with the data source that is nearest above. */
    private static String rootOf(String path, Map<String, PrismaSchema> schemas) {
        for (String folder = parent(path); ; folder = parent(folder)) {
            String inside = folder.isEmpty() ? "" : folder + "/";
            for (Map.Entry<String, PrismaSchema> each : schemas.entrySet()) {
                if (each.getValue().provider != null && each.getKey().startsWith(inside)) {
                    return each.getKey();
                }
            }
            if (folder.isEmpty()) {
                return path;
            }
        }
    }

    private static void models(
            SourceTree files,
            List<String> paths,
            Map<String, PrismaSchema> schemas,
            String usual,
            List<SqlScript> scripts,
            List<Unresolved> unresolved) {
        Set<String> models = new HashSet<>();
        Set<String> others = new HashSet<>();
        String provider = null;
        for (String path : paths) {
            PrismaSchema schema = schema(schemas, path);
            provider = schema.provider == null ? provider : schema.provider;
            others.addAll(schema.enums);
            schema.blocks.forEach(block -> (block.kind().equals("type") ? others : models).add(block.name()));
        }
        for (String path : paths) {
            String told = files.config().dialectOf(path);
            ScriptText sql = new ScriptText(told == null ? dialect(provider, usual) : told, SourceLocation.of(path, 1));
            for (PrismaSchema.Block block : schema(schemas, path).blocks) {
                if (!block.kind().equals("type")) {
                    table(sql, block, models, others, unresolved);
                }
            }
            if (!sql.isEmpty()) {
                scripts.add(sql.script(path, SqlScript.Kind.MODEL));
            }
        }
    }

    private static PrismaSchema schema(Map<String, PrismaSchema> schemas, String path) {
        PrismaSchema schema = schemas.get(path);
        if (schema == null) {
            throw new IllegalStateException("no schema " + path);
        }
        return schema;
    }

    private static void table(
            ScriptText sql,
            PrismaSchema.Block block,
            Set<String> models,
            Set<String> others,
            List<Unresolved> unresolved) {
        String mapped = block.attribute("map");
        String name = mapped == null ? block.name() : mapped;
        sql.add("CREATE TABLE " + sql.table(block.attribute("schema"), name) + " (\n", block.at());
        boolean first = true;
        for (PrismaSchema.Field field : block.fields()) {
            if (!field.raw() && models.contains(field.type())) {
                continue;
            }
            String type = field.raw() ? field.type() : TYPES.get(field.type());
            if (type == null && !others.contains(field.type())) {
                unresolved.add(new Unresolved(
                        field.at(), "the type " + field.type() + " is defined nowhere in the schema", name, null));
            }
            String written = type == null ? "TEXT" : nativeType(field, type);
            sql.add(
                    (first ? "" : ", ") + sql.quoted(field.column()) + " " + written + (field.list() ? "[]" : "")
                            + "\n",
                    field.at());
            first = false;
        }
        sql.add(")\n;\n", block.at());
    }

    /** The type that {@code @db.Type} names, in words of SQL; else the usual one. */
    private static String nativeType(PrismaSchema.Field field, String usual) {
        Matcher named = NATIVE.matcher(field.attributes());
        if (!named.find()) {
            return usual.matches("[\\w ]+(?:\\([\\d, ]*\\))?") ? usual : "TEXT";
        }
        String size = named.group(2);
        return named.group(1).toUpperCase(java.util.Locale.ROOT) + (size == null ? "" : size);
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
