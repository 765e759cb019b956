// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include <QWidget>

class QTableWidget;
class QVBoxLayout;

namespace lori::ui {

/// What a study found: relations as pictures of points with a table of their groups, tables of scores, and the paper's sentences
/// with their verdicts. Every table can be copied.
class StudyReport final : public QWidget {
    Q_OBJECT

public:
    explicit StudyReport(QWidget* parent = nullptr);
    /// A report as recipes::reportOf() writes it; null for none. What an older program left out is not shown.
    void show(const nlohmann::json& report);

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void addRelation(const nlohmann::json& relation, int place);
    void addTable(const nlohmann::json& table, int place);
    void addClaims(const nlohmann::json& claims);
    QTableWidget* makeTable(const QString& name, const QStringList& columns, int rows);

    nlohmann::json m_report;
    QWidget* m_body = nullptr;
    QVBoxLayout* m_outer = nullptr;
    QVBoxLayout* m_column = nullptr; ///< of m_body
};

} // namespace lori::ui
