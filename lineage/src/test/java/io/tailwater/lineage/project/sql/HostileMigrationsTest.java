package io.tailwater.lineage.project.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.extract.RepositoryLineageExtractor;
import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.InMemoryRepositoryFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HostileMigrationsTest {
    private static final String RAILS = "class A < ActiveRecord::Migration[7.0]\n  def change\n";
    private static final String END = "\n  end\nend\n";

    private static RepositoryLineage read(Map<String, String> files) {
        return new RepositoryLineageExtractor()
                .extract(InMemoryRepositoryFiles.ofTexts("acme/app", "rev", files), ExtractionCache.none());
    }

    private static List<String> reasonsAt(RepositoryLineage lineage, String path) {
        return lineage.unresolved().stream()
                .filter(open -> open.location().path().equals(path))
                .map(Unresolved::reason)
                .toList();
    }

    private static List<String> columns(RepositoryLineage lineage, String table) {
        return lineage.datasets().stream()
                .filter(dataset -> dataset.name().equals(table))
                .map(Dataset::columns)
                .flatMap(List::stream)
                .map(Column::name)
                .toList();
    }

    private static String createTable(String name) {
        return "<changeSet id=\"" + name + "\" author=\"a\"><createTable tableName=\"" + name
                + "\"><column name=\"id\" type=\"int\"/></createTable></changeSet>";
    }

    @Test
    void refusesEntitiesAndDocumentTypesOfChangelogsAndReadsTheOthers() {
        StringBuilder laughs =
                new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE databaseChangeLog [\n<!ENTITY l0 \"lol\">\n");
        for (int i = 1; i < 10; i++) {
            laughs.append("<!ENTITY l")
                    .append(i)
                    .append(" \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">\n");
        }
        laughs.append(
                "]>\n<databaseChangeLog><changeSet id=\"1\" author=\"a\"><sql>&l9;</sql></changeSet></databaseChangeLog>");
        Map<String, String> files = new LinkedHashMap<>();
        files.put("db/a-laughs.xml", laughs.toString());
        files.put(
                "db/b-outside.xml",
                "<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\">\n<databaseChangeLog>" + createTable("outside")
                        + "</databaseChangeLog>");
        files.put("db/c-deep.xml", "<databaseChangeLog>" + "<a>".repeat(5_000));
        files.put("db/d-good.xml", "<databaseChangeLog>" + createTable("good") + "</databaseChangeLog>");

        RepositoryLineage lineage = read(files);

        assertThat(reasonsAt(lineage, "db/a-laughs.xml"))
                .containsExactly("the XML declares a document type, which is not accepted");
        assertThat(reasonsAt(lineage, "db/b-outside.xml"))
                .containsExactly("the XML declares a document type, which is not accepted");
        assertThat(reasonsAt(lineage, "db/c-deep.xml"))
                .hasSize(1)
                .first()
                .asString()
                .contains("XML");
        assertThat(columns(lineage, "good")).containsExactly("id");
        assertThat(columns(lineage, "outside")).isEmpty();
    }

    @Test
    void givesUpOnChangelogsThatUnfoldOrNestBeyondTheLimits() {
        StringBuilder bomb = new StringBuilder("b0: &b0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 14; i++) {
            bomb.append("b")
                    .append(i)
                    .append(": &b")
                    .append(i)
                    .append(" [")
                    .append(IntStream.range(0, 9)
                            .mapToObj(j -> "*b0")
                            .collect(Collectors.joining(", "))
                            .replace("*b0", "*b" + (i - 1)))
                    .append("]\n");
        }
        Map<String, String> files = new LinkedHashMap<>();
        files.put("db/bomb.yaml", bomb + "databaseChangeLog: *b13\n");
        files.put("db/deep.json", "{\"databaseChangeLog\": " + "[".repeat(3_000));
        files.put(
                "db/good.yaml",
                "databaseChangeLog:\n- changeSet:\n    id: 1\n    author: a\n    changes:\n    - createTable:\n"
                        + "        tableName: good\n        columns:\n        - column: {name: id, type: int}\n");

        RepositoryLineage lineage = read(files);

        assertThat(reasonsAt(lineage, "db/bomb.yaml"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("this is not YAML");
        assertThat(reasonsAt(lineage, "db/deep.json")).hasSize(1);
        assertThat(columns(lineage, "good")).containsExactly("id");
    }

    @Test
    void saysWhereChangelogsIncludeThemselvesAndStillAppliesEachOnce() {
        Map<String, String> files = new LinkedHashMap<>();
        int last = 79;
        for (int i = 0; i <= last; i++) {
            files.put(
                    "db/c" + i + ".xml",
                    "<databaseChangeLog>" + createTable("t" + i) + "\n<include file=\"db/c" + (i == last ? 0 : i + 1)
                            + ".xml\"/></databaseChangeLog>");
        }

        files.put(
                "db/x.xml",
                "<databaseChangeLog><include file=\"db/y.xml\"/>" + createTable("x") + "</databaseChangeLog>");
        files.put(
                "db/y.xml",
                "<databaseChangeLog><include file=\"db/x.xml\"/><include file=\"db/z.sql\"/></databaseChangeLog>");
        files.put("db/z.sql", "create table z (id int);");

        RepositoryLineage lineage = read(files);

        assertThat(columns(lineage, "x")).containsExactly("id");
        assertThat(columns(lineage, "z")).containsExactly("id");
        assertThat(lineage.unresolved())
                .extracting(Unresolved::reason)
                .anyMatch(reason -> reason.startsWith("changelogs include each other deeper than 50"))
                .anyMatch(reason -> reason.startsWith("the changelog is included by itself"));
        for (int i = 0; i <= last; i++) {
            assertThat(columns(lineage, "t" + i)).containsExactly("id");
        }
    }

    @Test
    void givesUpOnRubyThatNestsOrRunsBeyondTheLimitsAndReadsTheRest() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("db/migrate/1_deep.rb", RAILS + "x = " + "(".repeat(20_000) + END);
        files.put("db/migrate/2_branches.rb", RAILS + "if a\n" + "elsif b\n".repeat(20_000) + "end" + END);
        files.put("db/migrate/3_blocks.rb", RAILS + "a do\n".repeat(20_000) + END);
        files.put(
                "db/migrate/4_recursive.rb",
                "class A < ActiveRecord::Migration[7.0]\n  def change\n    again\n  end\n  def again\n    again\n  end\nend\n");
        files.put(
                "db/migrate/5_loops.rb",
                RAILS + "L = %w[" + "a ".repeat(100) + "]\n" + "L.each do |a|\n".repeat(5) + "add_index a, a\n"
                        + "end\n".repeat(5) + END);
        files.put("db/migrate/6_open_heredoc.rb", RAILS + "execute <<~SQL\n" + "select 1;\n".repeat(10_000));
        files.put("db/migrate/7_open_string.rb", RAILS + "add_column :t, \"" + "#{".repeat(50_000));
        files.put("db/migrate/8_chain.rb", RAILS + "a" + ".b".repeat(200_000) + END);
        files.put("db/migrate/9_good.rb", RAILS + "create_table(:good) { |t| t.string :name }" + END);

        RepositoryLineage lineage = read(files);

        assertThat(columns(lineage, "good")).containsExactly("id", "name");
        assertThat(reasonsAt(lineage, "db/migrate/1_deep.rb")).containsExactly("the Ruby is nested deeper than 150");
        assertThat(reasonsAt(lineage, "db/migrate/2_branches.rb"))
                .containsExactly("the Ruby is nested deeper than 150");
        assertThat(reasonsAt(lineage, "db/migrate/3_blocks.rb")).containsExactly("the Ruby is nested deeper than 150");
        assertThat(reasonsAt(lineage, "db/migrate/4_recursive.rb"))
                .containsExactly("the calls of the migration are nested deeper than 60");
        assertThat(reasonsAt(lineage, "db/migrate/5_loops.rb"))
                .containsExactly("the migration does more than 200000 steps");
        assertThat(reasonsAt(lineage, "db/migrate/8_chain.rb")).isNotEmpty();
    }

    @Test
    void namesGapsAndDoublesOfMigrations() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("db/migrate/1_one.rb", RAILS + "create_table(:one) { |t| t.string :name }" + END);
        files.put("db/migrate/1_again.rb", RAILS + "create_table(:one) { |t| t.string :title }" + END);
        files.put("db/migrate/3_three.rb", RAILS + "remove_column :lost, :name" + END);
        files.put("prisma/schema.prisma", "model Open {\n  id Int\n  odd ((((\n  other Nowhere\n");
        files.put("prisma/migrations/1/migration.sql", "ALTER TABLE gone ADD COLUMN a int;");

        RepositoryLineage lineage = read(files);

        assertThat(reasonsAt(lineage, "db/migrate/1_one.rb")).anyMatch(reason -> reason.contains("is also that of"));
        assertThat(reasonsAt(lineage, "db/migrate/3_three.rb"))
                .containsExactly("no statement before creates the altered table lost");
        assertThat(reasonsAt(lineage, "prisma/migrations/1/migration.sql"))
                .containsExactly("no statement before creates the altered table gone");
        assertThat(reasonsAt(lineage, "prisma/schema.prisma")).isNotEmpty();
    }

    @Test
    void followsModelsThatExtendEachOtherInACircleOnce() {
        StringBuilder models =
                new StringBuilder("from sqlalchemy import Column, Integer\nfrom django.db import models\n");
        for (int i = 0; i < 300; i++) {
            models.append("class M")
                    .append(i)
                    .append("(M")
                    .append((i + 1) % 300)
                    .append("):\n");
            models.append("    __tablename__ = \"m")
                    .append(i)
                    .append("\"\n    c")
                    .append(i)
                    .append(" = Column(Integer)\n");
        }
        models.append("class D(D):\n    x = models.TextField()\n");

        RepositoryLineage lineage = read(Map.of("app/models.py", models.toString()));

        assertThat(columns(lineage, "m7")).containsExactly("c7");
    }
}
