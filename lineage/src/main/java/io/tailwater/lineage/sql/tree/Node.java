package io.tailwater.lineage.sql.tree;

import java.util.List;

/** A part of a statement. Nodes are immutable; their lists are unmodifiable and never contain null. */
public sealed interface Node
        permits Expression,
                Relation,
                PipeStep,
                QueryBody,
                AlterAction,
                MergeAction,
                Statement,
                Identifier,
                QualifiedName,
                DataType,
                ColumnDefinition,
                Alias,
                With,
                CommonTable,
                SelectItem,
                StarModifiers,
                Renaming,
                TableRenaming,
                CaseBranch,
                CallModifiers,
                Window,
                Frame,
                NamedWindow,
                OrderItem,
                Limit,
                Distinct,
                Into,
                GroupBy,
                GroupElement,
                ConnectBy,
                LateralView,
                RelationModifier,
                WithPosition,
                Join,
                PivotColumn,
                UnpivotGroup,
                InsertBranch,
                Assignment,
                OnConflict,
                MergeBranch,
                TableConstraint,
                TableCopy,
                Property,
                RoutineParameter,
                GuardedStatements,
                TypeField,
                UnparsedClause {

    /** The text this node was read from, as offsets into the parsed text. */
    SourceRange range();

    /** The nodes directly below, roughly in text order. */
    List<Node> children();
}
