package io.tailwater.lineage.extract;

import io.tailwater.lineage.config.CodeOwners;
import io.tailwater.lineage.config.NameAlias;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.project.RepositoryConfig;
import io.tailwater.lineage.project.SourceTree;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of datasets apart from the code that makes them: what they are called elsewhere, and who owns their files. */
final class Annotations {
    private final RepositoryConfig config;
    private final CodeOwners owners;

    private Annotations(RepositoryConfig config, CodeOwners owners) {
        this.config = config;
        this.owners = owners;
    }

    static Annotations of(SourceTree files) {
        String path = CodeOwners.PATHS.stream().filter(files::has).findFirst().orElse(null);
        String text = path == null ? null : files.text(path);
        return new Annotations(files.config(), text == null ? CodeOwners.NONE : CodeOwners.of(text));
    }

    List<Dataset> apply(Collection<Dataset> datasets) {
        return datasets.stream().map(this::apply).toList();
    }

    private Dataset apply(Dataset dataset) {
        boolean ownFile = dataset.role() == DatasetRole.PRODUCED || dataset.role() == DatasetRole.READER;
        List<String> known = !dataset.owners().isEmpty() || !ownFile
                ? dataset.owners()
                : owners.ownersOf(dataset.location().path());
        String name = renamed(dataset.qualifiedName());
        return known.equals(dataset.owners()) && java.util.Objects.equals(name, dataset.qualifiedName())
                ? dataset
                : new Dataset(
                        dataset.id(),
                        dataset.name(),
                        name,
                        dataset.kind(),
                        dataset.role(),
                        dataset.location(),
                        dataset.published(),
                        dataset.columns(),
                        dataset.openStars(),
                        dataset.reads(),
                        dataset.rowDependencies(),
                        known,
                        dataset.completeness(),
                        dataset.unresolved(),
                        dataset.definition());
    }

    private @Nullable String renamed(@Nullable String qualifiedName) {
        if (qualifiedName == null) {
            return null;
        }
        for (NameAlias alias : config.names()) {
            String name = alias.apply(qualifiedName);
            if (!name.equals(qualifiedName)) {
                return name;
            }
        }
        return qualifiedName;
    }
}
