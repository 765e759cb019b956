// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QString>
#include <QVector>

class QListWidget;
class QTextBrowser;

namespace lori::ui {

/// A text of resources/help.
struct HelpTopic {
    QString title; ///< its first heading
    QString text;  ///< Markdown
};

/// What was measured with this program: the texts of resources/help in the window's language, tables and all.
class HelpDialog final : public QDialog {
    Q_OBJECT

public:
    explicit HelpDialog(QWidget* parent = nullptr);

    /// The texts of a language ("en", "zh_CN"), by file name; English where a language has none.
    [[nodiscard]] static QVector<HelpTopic> topics(const QString& language);

private:
    void show(int topic);

    QVector<HelpTopic> m_topics;
    QListWidget* m_list = nullptr;
    QTextBrowser* m_text = nullptr;
};

} // namespace lori::ui
