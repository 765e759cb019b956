<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
    <name>lori::ui::RunCharts</name>
    <message numerus="yes">
        <source>Training, moving average of %n step(s)</source>
        <translation>
            <numerusform>Training, moving average of %n step</numerusform>
            <numerusform>Training, moving average of %n steps</numerusform>
        </translation>
    </message>
</context>
</TS>
