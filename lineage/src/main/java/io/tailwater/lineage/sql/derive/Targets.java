package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.catalog.TableColumns;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.result.Unresolved;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.tree.Alias;
import io.tailwater.lineage.sql.tree.Assignment;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What statements write: the target's name, its known columns, and assignments to them. */
final class Targets {

    private final Derivation derivation;

    Targets(Derivation derivation) {
        this.derivation = derivation;
    }

    /** The table that a relation in target position names; null when that shows only at run time. */
    @Nullable
    TableRef of(Relation relation) {
        return switch (relation) {
            case Relation.TableReference table -> qualified(table.name());
            case Relation.PathReference path -> TableRef.path(path.path());
            case Relation.ParameterTable parameter -> {
                TableRef variable =
                        TableRef.of(derivation.textOf(parameter.parameter()).toLowerCase(Locale.ROOT));
                yield derivation.session().isTemporary(variable) ? variable : unknown(relation);
            }
            case Relation.Joined joined -> of(joined.first());
            case Relation.TableFunction function -> byFunction(function);
            case Relation.DerivedTable derived -> unknown(relation);
            case Relation.Pivot pivot -> unknown(relation);
            case Relation.Unpivot unpivot -> unknown(relation);
            case Relation.MatchRecognize match -> unknown(relation);
            case Relation.ChangedRows changed -> unknown(relation);
            case Relation.UnparsedRelation unparsed -> unknown(relation);
        };
    }

    private @Nullable TableRef byFunction(Relation.TableFunction function) {
        return function.call().arguments().stream()
                .filter(Expression.Literal.class::isInstance)
                .findFirst()
                .map(literal -> TableRef.path(((Expression.Literal) literal).text()))
                .orElseGet(() -> unknown(function));
    }

    private @Nullable TableRef unknown(Relation relation) {
        derivation
                .notes()
                .unresolved(
                        derivation.textOf(relation),
                        Unresolved.Reason.DYNAMIC_SQL,
                        "what is written shows only at run time",
                        List.of(),
                        relation.range());
        return null;
    }

    TableRef qualified(QualifiedName name) {
        return derivation.session().qualify(derivation.names().table(name));
    }

    /** Columns known of a target. */
    @Nullable
    TableColumns columns(TableRef target) {
        Session.Remembered temporary = derivation.session().temporary(target);
        if (temporary != null) {
            return Session.columnsOf(temporary.output());
        }
        TableColumns created = derivation.session().created(target);
        return created != null ? created : derivation.catalog().columns(target);
    }

    static @Nullable Alias alias(Relation relation) {
        return switch (relation) {
            case Relation.TableReference table -> table.alias();
            case Relation.PathReference path -> path.alias();
            case Relation.ParameterTable parameter -> parameter.alias();
            case Relation.Joined joined -> joined.alias();
            case Relation.TableFunction function -> function.alias();
            case Relation.DerivedTable derived -> derived.alias();
            case Relation.Pivot pivot -> pivot.alias();
            case Relation.Unpivot unpivot -> unpivot.alias();
            case Relation.MatchRecognize match -> match.alias();
            case Relation.ChangedRows changed -> changed.alias();
            case Relation.UnparsedRelation unparsed -> null;
        };
    }

    /** The columns that {@code a = x} or {@code (a, b) = (query)} sets. */
    List<ScopeColumn> assigned(Assignment assignment, Env env) {
        List<ScopeColumn> columns = new ArrayList<>();
        if (assignment.columns().size() > 1) {
            List<OutputPart> values = several(assignment, env);
            for (int i = 0; i < assignment.columns().size() && i < values.size(); i++) {
                Identifier name = assignment.columns().get(i).parts().getLast();
                if (values.get(i) instanceof ScopeColumn value) {
                    columns.add(value.renamed(derivation.names().column(name), name.text())
                            .at(assignment.range()));
                }
            }
            return columns;
        }
        Sink sink = new Sink();
        Canon canon = derivation.expressions().derive(assignment.value(), env, Use.VALUE, sink);
        Identifier name = assignment.columns().getFirst().parts().getLast();
        columns.add(Outputs.column(derivation.names().column(name), name.text(), sink, canon, assignment.range()));
        return columns;
    }

    private List<OutputPart> several(Assignment assignment, Env env) {
        if (assignment.value() instanceof Expression.Subquery subquery) {
            return derivation
                    .queries()
                    .derive(subquery.query(), env.over(env.scope()))
                    .parts();
        }
        List<OutputPart> values = new ArrayList<>();
        List<Expression> elements =
                assignment.value() instanceof Expression.Row row ? row.elements() : List.of(assignment.value());
        for (Expression element : elements) {
            Sink sink = new Sink();
            Canon canon = derivation.expressions().derive(element, env, Use.VALUE, sink);
            values.add(Outputs.column("value", "value", sink, canon, element.range()));
        }
        return values;
    }
}
