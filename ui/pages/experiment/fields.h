// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"

#include <QCoreApplication>
#include <QString>

#include <utility>
#include <vector>

namespace lori::ui {

enum class FieldKind { Line, Whole, Real, Share, Flag, Choice, File, Projections, Task, Tasks, SafetyFloor };

/// One field of the advanced form: where it lies in the configuration and all a person is told about it.
struct FieldSpec {
    QString path; ///< JSON path of RunConfig
    FieldKind kind = FieldKind::Line;
    QString label; ///< with mnemonic
    QString tip;   ///< at most two lines
    QString unit;
    double low = 0; ///< Whole and Share
    double high = 0;
    QString range;                                    ///< in words, for What's This
    std::vector<std::pair<QString, QString>> choices; ///< JSON word, words for people
};

struct FieldSection {
    QString id;
    QString title;
    std::vector<FieldSpec> fields;
};

/// The sections of the advanced form for a configuration with these stages and sources, in the window's language. Together they
/// hold every field of RunConfig but the two that are only records (preset, parentRun).
class ExperimentFields final {
    Q_DECLARE_TR_FUNCTIONS(lori::ui::ExperimentFields)

public:
    [[nodiscard]] static std::vector<FieldSection> sections(const experiment::RunConfig& config);
    /// A value of the field (its JSON, a text without quotes) as the form writes it: "5 %", "on", the choice's words.
    [[nodiscard]] static QString valueWords(const FieldSpec& spec, const QString& value);
    /// What 0 stands for in a field where it is no number of things: "every row"; "" where it is.
    [[nodiscard]] static QString zeroWords(const QString& path);
    /// The field that must be 0 before this one is used at all, as steps must be for epochs; "" when it always is.
    [[nodiscard]] static QString heldBackBy(const QString& path);

private:
    [[nodiscard]] static QString floorWords(const QString& value);
    [[nodiscard]] static QString listWords(const QString& value);
    [[nodiscard]] static FieldSection experiment();
    [[nodiscard]] static FieldSection source(std::size_t index, std::size_t count);
    [[nodiscard]] static FieldSection data();
    /// What is learned of a conversation, and which marks stand round it.
    [[nodiscard]] static FieldSection turns();
    [[nodiscard]] static FieldSection adapter(const experiment::RunConfig& config);
    /// What a training stage starts from, and under which mask.
    static void addStart(FieldSection& section, const QString& at, const experiment::StageConfig& stage);
    /// Which method a training stage trains.
    [[nodiscard]] static FieldSpec method(const QString& at);
    static void addMethodFields(FieldSection& section, const experiment::RunConfig& config);
    [[nodiscard]] static FieldSection optimizer();
    [[nodiscard]] static FieldSection stage(std::size_t index, const experiment::StageConfig& stage);
    [[nodiscard]] static FieldSection evaluation();
    [[nodiscard]] static FieldSection machine();
};

} // namespace lori::ui
