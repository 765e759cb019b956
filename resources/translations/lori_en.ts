<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>lori::ui::AdapterCard</name>
    <message numerus="yes">
        <source>Same A as %n other(s): merged with them, only the masks keep them apart.</source>
        <translation>
            <numerusform>Same A as %n other: merged with them, only the masks keep them apart.</numerusform>
            <numerusform>Same A as %n others: merged with them, only the masks keep them apart.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::AdapterDialog</name>
    <message numerus="yes">
        <source>%n of 3 chosen; the base model answers beside them.</source>
        <translation>
            <numerusform>%n of 3 chosen; the base model answers beside it.</numerusform>
            <numerusform>%n of 3 chosen; the base model answers beside them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::AdapterLineage</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::ComparePage</name>
    <message numerus="yes">
        <source>The first %1 of %n chosen run(s) are compared; more do not fit.</source>
        <translation>
            <numerusform>The first %1 of %n chosen run are compared; more do not fit.</numerusform>
            <numerusform>The first %1 of %n chosen runs are compared; more do not fit.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::DataCheck</name>
    <message numerus="yes">
        <source>%n row(s) of %1 cannot be used: %2. Correct them in the file.</source>
        <translation>
            <numerusform>%n row of %1 cannot be used: %2. Correct it in the file.</numerusform>
            <numerusform>%n rows of %1 cannot be used: %2. Correct them in the file.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 has only %n row(s): the model will learn them by heart, and nothing can be measured on them.</source>
        <translation>
            <numerusform>%1 has only %n row: the model will learn it by heart, and nothing can be measured on it.</numerusform>
            <numerusform>%1 has only %n rows: the model will learn them by heart, and nothing can be measured on them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About %n row(s) of %1 are held out: too few to judge by.</source>
        <translation>
            <numerusform>About %n row of %1 is held out: too few to judge by.</numerusform>
            <numerusform>About %n rows of %1 are held out: too few to judge by.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s): %1</source>
        <translation>
            <numerusform>%n row: %1</numerusform>
            <numerusform>%n rows: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::DataFactsCard</name>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n held out (%1)</source>
        <translation>
            <numerusform>about %n held out (%1)</numerusform>
            <numerusform>about %n held out (%1)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) are there more than once.</source>
        <translation>
            <numerusform>%n row are there more than once.</numerusform>
            <numerusform>%n rows are there more than once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) are also asked when %1 is measured: its score will look too good.</source>
        <translation>
            <numerusform>%n question are also asked when %1 is measured: its score will look too good.</numerusform>
            <numerusform>%n questions are also asked when %1 is measured: its score will look too good.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::DataGetDialog</name>
    <message numerus="yes">
        <source>%n file(s), %1; checked by their hashes.</source>
        <translation>
            <numerusform>%n file, %1; checked by their hashes.</numerusform>
            <numerusform>%n files, %1; checked by their hashes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s), %1; no hash is known for all of them, so they cannot be verified.</source>
        <translation>
            <numerusform>%n file, %1; no hash is known for all of them, so they cannot be verified.</numerusform>
            <numerusform>%n files, %1; no hash is known for all of them, so they cannot be verified.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::DataLengths</name>
    <message numerus="yes">
        <source>%1 of %n row(s) will be cut (%2)</source>
        <translation>
            <numerusform>%1 of %n row will be cut (%2)</numerusform>
            <numerusform>%1 of %n rows will be cut (%2)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The model’s template does not take %n row(s).</source>
        <translation>
            <numerusform>The model’s template does not take %n row.</numerusform>
            <numerusform>The model’s template does not take %n rows.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::DataPage</name>
    <message numerus="yes">
        <source>%n row(s) were written to %1.</source>
        <translation>
            <numerusform>%n row were written to %1.</numerusform>
            <numerusform>%n rows were written to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) cannot be used: correct them, or leave them out under Problems.</source>
        <translation>
            <numerusform>%n row cannot be used: correct them, or leave them out under Problems.</numerusform>
            <numerusform>%n rows cannot be used: correct them, or leave them out under Problems.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::DataProblems</name>
    <message numerus="yes">
        <source>%n row(s) cannot be used. Correct them in the file, or leave them out.</source>
        <translation>
            <numerusform>%n row cannot be used. Correct them in the file, or leave them out.</numerusform>
            <numerusform>%n rows cannot be used. Correct them in the file, or leave them out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) are there more than once.</source>
        <translation>
            <numerusform>%n row are there more than once.</numerusform>
            <numerusform>%n rows are there more than once.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::ExperimentDataCard</name>
    <message numerus="yes">
        <source>%1: %n row(s)</source>
        <translation>
            <numerusform>%1: %n row</numerusform>
            <numerusform>%1: %n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::ExperimentFields</name>
    <message numerus="yes">
        <source>%1 (%n row(s))</source>
        <translation>
            <numerusform>%1 (%n row)</numerusform>
            <numerusform>%1 (%n rows)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::ExperimentPage</name>
    <message numerus="yes">
        <source>%1, %n step(s)</source>
        <translation>
            <numerusform>%1, %n step</numerusform>
            <numerusform>%1, %n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed from the start</source>
        <translation>
            <numerusform>%n changed from the start</numerusform>
            <numerusform>%n changed from the start</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n row(s))</source>
        <translation>
            <numerusform>%1 (%n row)</numerusform>
            <numerusform>%1 (%n rows)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The preset replaced %n change(s).</source>
        <translation>
            <numerusform>The preset replaced %n change.</numerusform>
            <numerusform>The preset replaced %n changes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::ExperimentPreview</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::HistoryBundles</name>
    <message numerus="yes">
        <source>%n run(s) are in %1 (%2).</source>
        <translation>
            <numerusform>%n run is in %1 (%2).</numerusform>
            <numerusform>%n runs are in %1 (%2).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) came from %1.</source>
        <translation>
            <numerusform>%n run came from %1.</numerusform>
            <numerusform>%n runs came from %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them got a new id, because another run has theirs.</source>
        <translation>
            <numerusform>%n of them got a new id, because another run has theirs.</numerusform>
            <numerusform>%n of them got a new id, because another run has theirs.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) of the file are here already, the same; nothing was done with them.</source>
        <translation>
            <numerusform>%n run of the file are here already, the same; nothing was done with them.</numerusform>
            <numerusform>%n runs of the file are here already, the same; nothing was done with them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::HistoryDetails</name>
    <message numerus="yes">
        <source>%n step(s), %1</source>
        <translation>
            <numerusform>%n step, %1</numerusform>
            <numerusform>%n steps, %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::HistoryPage</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s)</source>
        <translation>
            <numerusform>%1 of %n run</numerusform>
            <numerusform>%1 of %n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) are in the trash.</source>
        <translation>
            <numerusform>%n run is in the trash.</numerusform>
            <numerusform>%n runs are in the trash.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %1 of %n run(s) are drawn; more do not fit.</source>
        <translation>
            <numerusform>The first %1 of %n runs are drawn; more do not fit.</numerusform>
            <numerusform>The first %1 of %n runs are drawn; more do not fit.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::MachineFacts</name>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n core</numerusform>
            <numerusform>%n cores</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::MainWindow</name>
    <message numerus="yes">
        <source>%n run(s) at work in the background; attached.</source>
        <translation>
            <numerusform>%n run at work in the background; attached.</numerusform>
            <numerusform>%n runs at work in the background; attached.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) at work. A run needs no window: it can go on, and shows here again when you come back.</source>
        <translation>
            <numerusform>%n run at work. A run needs no window: it can go on, and shows here again when you come back.</numerusform>
            <numerusform>%n runs at work. A run needs no window: it can go on, and shows here again when you come back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) paused, with the model still in memory. A run needs no window: it waits, and shows here again when you come back.</source>
        <translation>
            <numerusform>%n run paused, with the model still in memory. A run needs no window: it waits, and shows here again when you come back.</numerusform>
            <numerusform>%n runs paused, with the model still in memory. A run needs no window: it waits, and shows here again when you come back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) lay in the trash for more than %1 days and are deleted.</source>
        <translation>
            <numerusform>%n run lay in the trash for more than %1 days and is deleted.</numerusform>
            <numerusform>%n runs lay in the trash for more than %1 days and are deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::MaskControls</name>
    <message numerus="yes">
        <source>⚠ %n module(s) keep nothing and will not learn in LoRI-S: %1</source>
        <translation>
            <numerusform>⚠ %n module keep nothing and will not learn in LoRI-S: %1</numerusform>
            <numerusform>⚠ %n modules keep nothing and will not learn in LoRI-S: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more than the share asks for: entries equal to the smallest kept one are kept too</source>
        <translation>
            <numerusform>%n more than the share asks for: entries equal to the smallest kept one are kept too</numerusform>
            <numerusform>%n more than the share asks for: entries equal to the smallest kept one are kept too</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::MaskSetView</name>
    <message numerus="yes">
        <source>Masks exist after the mask stage of a training; this view needs %n of them. Train with LoRI-S, or add a mask file.</source>
        <translation>
            <numerusform>Masks exist after the mask stage of a training; this view needs %n of them. Train with LoRI-S, or add a mask file.</numerusform>
            <numerusform>Masks exist after the mask stage of a training; this view needs %n of them. Train with LoRI-S, or add a mask file.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tick %n mask(s) or more in the list.</source>
        <translation>
            <numerusform>Tick %n mask or more in the list.</numerusform>
            <numerusform>Tick %n masks or more in the list.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::MasksTab</name>
    <message numerus="yes">
        <source>Two masks are needed, and these runs have %n. Compare runs that trained LoRI-S.</source>
        <translation>
            <numerusform>Two masks are needed, and these runs have %n. Compare runs that trained LoRI-S.</numerusform>
            <numerusform>Two masks are needed, and these runs have %n. Compare runs that trained LoRI-S.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::MergePage</name>
    <message numerus="yes">
        <source>Merging needs two adapters of the same base model. You have %n. Train another task, and both can become one.</source>
        <translation>
            <numerusform>Merging needs two adapters of the same base model. You have %n. Train another task, and both can become one.</numerusform>
            <numerusform>Merging needs two adapters of the same base model. You have %n. Train another task, and both can become one.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::MergeScoresPart</name>
    <message numerus="yes">
        <source>%n measurement(s) failed; Measure tries again.</source>
        <translation>
            <numerusform>%n measurement failed; Measure tries again.</numerusform>
            <numerusform>%n measurements failed; Measure tries again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n measurement(s) to do: the adapters, and the merge that is selected in part 4. What was measured before is not done again.</source>
        <translation>
            <numerusform>%n measurement to do: the adapters, and the merge that is selected in part 4. What was measured before is not done again.</numerusform>
            <numerusform>%n measurements to do: the adapters, and the merge that is selected in part 4. What was measured before is not done again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::ModelTableModel</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::ParallelRuns</name>
    <message numerus="yes">
        <source>%n run(s) side by side</source>
        <translation>
            <numerusform>%n run side by side</numerusform>
            <numerusform>%n runs side by side</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::PlotPanel</name>
    <message numerus="yes">
        <source>%n point(s) at or below zero cannot be shown on a log scale.</source>
        <translation>
            <numerusform>%n point at or below zero cannot be shown on a log scale.</numerusform>
            <numerusform>%n points at or below zero cannot be shown on a log scale.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::QueueCard</name>
    <message numerus="yes">
        <source>Queue, paused: %n job(s) wait</source>
        <translation>
            <numerusform>Queue, paused: %n job waits</numerusform>
            <numerusform>Queue, paused: %n jobs wait</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Queue: %n job(s) wait</source>
        <translation>
            <numerusform>Queue: %n job waits</numerusform>
            <numerusform>Queue: %n jobs wait</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::RunCharts</name>
    <message numerus="yes">
        <source>Training, moving average of %n step(s)</source>
        <translation>
            <numerusform>Training, moving average of %n step</numerusform>
            <numerusform>Training, moving average of %n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::RunName</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::RunSamples</name>
    <message numerus="yes">
        <source>%n older check(s) are not shown.</source>
        <translation>
            <numerusform>%n older check are not shown.</numerusform>
            <numerusform>%n older checks are not shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::SeenRowView</name>
    <message numerus="yes">
        <source>%n token(s); the bold ones, %1, are learned.</source>
        <translation>
            <numerusform>%n token; the bold ones, %1, are learned.</numerusform>
            <numerusform>%n tokens; the bold ones, %1, are learned.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The template changes %n earlier answer(s), so they are not learned.</source>
        <translation>
            <numerusform>The template changes %n earlier answer, so it is not learned.</numerusform>
            <numerusform>The template changes %n earlier answers, so they are not learned.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n token(s) are struck out: the model never sees them.</source>
        <translation>
            <numerusform>%n token are struck out: the model never sees them.</numerusform>
            <numerusform>%n tokens are struck out: the model never sees them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n special token(s) of the model are underlined.</source>
        <translation>
            <numerusform>%n special token of the model is underlined.</numerusform>
            <numerusform>%n special tokens of the model are underlined.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::SettingsDialog</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s), %1</source>
        <translation>
            <numerusform>%n run, %1</numerusform>
            <numerusform>%n runs, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n run(s) for good</source>
        <translation>
            <numerusform>Delete %n run for good</numerusform>
            <numerusform>Delete %n runs for good</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>for %n day(s)</source>
        <translation>
            <numerusform>for %n day</numerusform>
            <numerusform>for %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::SettingsTab</name>
    <message numerus="yes">
        <source>%n setting(s)</source>
        <translation>
            <numerusform>%n setting</numerusform>
            <numerusform>%n settings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n setting(s) differ</source>
        <translation>
            <numerusform>%1 of %n setting differs</numerusform>
            <numerusform>%1 of %n settings differ</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::StudiesPage</name>
    <message numerus="yes">
        <source>All %n steps are done.</source>
        <translation>
            <numerusform>The only step is done.</numerusform>
            <numerusform>All %n steps are done.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n steps to do, %1 on this computer.</source>
        <translation>
            <numerusform>%n step to do, %1 on this computer.</numerusform>
            <numerusform>%n steps to do, %1 on this computer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are done.</source>
        <translation>
            <numerusform>%n is done.</numerusform>
            <numerusform>%n are done.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::StudyWords</name>
    <message numerus="yes">
        <source>Rank correlation over %n merges: %1.</source>
        <translation>
            <numerusform>Rank correlation over %n merge: %1.</numerusform>
            <numerusform>Rank correlation over %n merges: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Rank correlation over %n merges: %1 (95 %: %2).</source>
        <translation>
            <numerusform>Rank correlation over %n merge: %1 (95 %: %2).</numerusform>
            <numerusform>Rank correlation over %n merges: %1 (95 %: %2).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::SweepDialog</name>
    <message numerus="yes">
        <source>%n training(s)</source>
        <translation>
            <numerusform>%n training</numerusform>
            <numerusform>%n trainings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n of them done already</source>
        <translation>
            <numerusform>, %n of them done already</numerusform>
            <numerusform>, %n of them done already</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::SweepView</name>
    <message numerus="yes">
        <source>%1 (%n run(s))</source>
        <translation>
            <numerusform>%1 (%n run)</numerusform>
            <numerusform>%1 (%n runs)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::SweepWords</name>
    <message numerus="yes">
        <source>%n sparsities are too few to see where the curve bends: it takes three.</source>
        <translation>
            <numerusform>%n sparsity is too few to see where the curve bends: it takes three.</numerusform>
            <numerusform>%n sparsities are too few to see where the curve bends: it takes three.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::TerritoryWords</name>
    <message numerus="yes">
        <source>Room left at %1: about %n more mask(s).</source>
        <translation>
            <numerusform>Room left at %1: about %n more mask.</numerusform>
            <numerusform>Room left at %1: about %n more masks.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::TryColumn</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) off</source>
        <translation>
            <numerusform>%n part off</numerusform>
            <numerusform>%n parts off</numerusform>
        </translation>
    </message>
</context>
</TS>
