// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/model_library.h"

#include "core/formats/model_files.h"

#include <algorithm>

namespace lori::ui {

namespace fs = std::filesystem;

namespace {

Error notThere(const formats::RegisteredModel& model, const Home& home)
{
    const auto found = formats::resolveModel(home.root, model.name);
    return found ? Error{ErrorCode::NotFound, "the files are not there", "find them, or add the model again", model.path.string()}
                 : found.error();
}

} // namespace

ModelLibrary::ModelLibrary(Home home, QObject* parent) : QObject(parent), m_home(std::move(home)) {}

const ModelEntry* ModelLibrary::find(const QString& name) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&](const auto& entry) { return entry.name == name; });
    return found == m_entries.end() ? nullptr : &*found;
}

ModelEntry* ModelLibrary::entry(const QString& name)
{
    return const_cast<ModelEntry*>(std::as_const(*this).find(name)); // NOLINT: the list is this object's own
}

const ModelEntry* ModelLibrary::withFingerprint(const std::string& fingerprint) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&](const auto& entry) {
        return !fingerprint.empty() && entry.facts && entry.facts->fingerprint == fingerprint;
    });
    return found == m_entries.end() ? nullptr : &*found;
}

void ModelLibrary::refresh()
{
    std::vector<ModelEntry> entries;
    std::vector<std::pair<QString, fs::path>> unknown;
    bool first = true;
    for (const formats::RegisteredModel& model : formats::registeredModels(m_home.root)) {
        const QString name = QString::fromStdString(model.name);
        if (m_leaving.contains(name)) {
            continue;
        }
        const ModelEntry* before = find(name);
        const bool isSame =
            before != nullptr && before->path == model.path && (before->state == ModelState::Missing) == !model.present;
        ModelEntry entry = isSame ? *before : ModelEntry{};
        entry.name = name;
        entry.path = model.path;
        entry.builtIn = first;
        entry.registered = true;
        if (!model.present) {
            entry.state = ModelState::Missing;
            entry.problem = notThere(model, m_home);
        } else if (!isSame) {
            entry.state = ModelState::Checking;
            unknown.emplace_back(name, model.path);
        }
        entries.push_back(std::move(entry));
        first = false;
    }
    for (const ModelEntry& entry : m_entries) {
        const bool isListed =
            std::any_of(entries.begin(), entries.end(), [&](const auto& other) { return other.name == entry.name; });
        if (!entry.registered && !isListed) {
            entries.push_back(entry);
        }
    }
    m_entries = std::move(entries);
    for (const auto& [name, path] : unknown) {
        check(name, path);
    }
    Q_EMIT changed();
}

void ModelLibrary::check(const QString& name, const fs::path& path)
{
    push({[path] { return Outcome{describeModel(path)}; },
          [this, name, path](Outcome outcome) {
              take(name, path, std::move(outcome));
          }});
}

void ModelLibrary::add(const fs::path& chosen, const QString& name)
{
    const fs::path path = fs::absolute(modelPathOf(chosen)).lexically_normal();
    refresh(); // `lori model add` may have taken names meanwhile
    for (ModelEntry& known : m_entries) {
        if (known.path == path && known.registered) {
            const QString listed = known.name;
            known.state = ModelState::Checking;
            check(listed, path);
            Q_EMIT changed();
            Q_EMIT added(listed);
            return;
        }
    }
    std::erase_if(m_entries, [&](const ModelEntry& known) { return known.path == path; }); // refused before: looked at again
    ModelEntry entry;
    entry.name = freeName(name, path);
    entry.path = path;
    m_entries.push_back(entry);
    Q_EMIT changed();
    push({[home = m_home, own = entry.name.toStdString(), path] {
              Outcome outcome{describeModel(path)};
              if (outcome.facts) {
                  outcome.listed = formats::registerModel(home.root, own, path);
              }
              return outcome;
          },
          [this, own = entry.name, path](Outcome outcome) {
              const bool isGood = outcome.facts && outcome.listed;
              ModelEntry* mine = this->entry(own);
              if (mine == nullptr) { // taken off the list while it was being checked
                  if (isGood) {
                      unlist(own);
                  }
                  return;
              }
              mine->registered = isGood;
              take(own, path, std::move(outcome));
              isGood ? Q_EMIT added(own) : Q_EMIT refused(own);
          }});
}

void ModelLibrary::relocate(const QString& name, const fs::path& chosen)
{
    const fs::path path = fs::absolute(modelPathOf(chosen)).lexically_normal();
    push({[home = m_home, name = name.toStdString(), path] {
              Outcome outcome{describeModel(path)};
              outcome.listed = outcome.facts ? formats::registerModel(home.root, name, path) : outcome.facts.error();
              return outcome;
          },
          [this, name, path](Outcome outcome) {
              ModelEntry* mine = entry(name);
              if (mine == nullptr || !outcome.listed) { // the entry stays what it was: still not found
                  Q_EMIT failed(outcome.listed ? Error{ErrorCode::NotFound, "the model is no longer listed", "add it again", {}}
                                               : outcome.listed.error());
                  return;
              }
              mine->path = path;
              take(name, path, std::move(outcome));
              Q_EMIT added(name);
          }});
}

void ModelLibrary::remove(const QString& name)
{
    const ModelEntry* known = find(name);
    if (known == nullptr || known->builtIn) {
        return;
    }
    const bool isListed = known->registered;
    std::erase_if(m_entries, [&](const ModelEntry& one) { return one.name == name; });
    Q_EMIT changed();
    if (isListed) {
        unlist(name);
    }
}

void ModelLibrary::unlist(const QString& name)
{
    m_leaving.append(name);
    push({[home = m_home, own = name.toStdString()] {
              Outcome outcome;
              outcome.listed = formats::unregisterModel(home.root, own);
              return outcome;
          },
          [this, name](const Outcome& outcome) {
              m_leaving.removeOne(name);
              if (!outcome.listed) {
                  Q_EMIT failed(outcome.listed.error());
              }
              refresh(); // it may be listed still
          }});
}

void ModelLibrary::take(const QString& name, const fs::path& path, Outcome outcome)
{
    ModelEntry* mine = entry(name);
    if (mine == nullptr || mine->path != path) { // taken off the list meanwhile
        return;
    }
    mine->problem.reset();
    mine->facts.reset();
    if (!outcome.facts || !outcome.listed) {
        mine->state = ModelState::Refused;
        mine->problem = outcome.facts ? outcome.listed.error() : outcome.facts.error();
    } else {
        mine->state = ModelState::Ready;
        mine->facts = std::make_shared<const ModelDescription>(std::move(*outcome.facts));
    }
    Q_EMIT changed();
}

void ModelLibrary::push(Task task)
{
    m_waiting.push_back(std::move(task));
    if (!m_job.isRunning()) {
        next();
    }
}

void ModelLibrary::next()
{
    if (m_waiting.empty()) {
        return;
    }
    Task task = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_job.start([work = std::move(task.work)](const BackgroundJob::Cancelled&) { return work(); },
                [this, done = std::move(task.done)](Outcome outcome) {
                    done(std::move(outcome));
                    if (!m_job.isRunning()) { // `done` may have begun the next one
                        next();
                    }
                });
}

QString ModelLibrary::freeName(QString wanted, const fs::path& path) const
{
    if (wanted.isEmpty()) {
        std::error_code ignored; // a folder's name may have dots: "Llama-3.2-1B"
        const fs::path last = path.has_filename() ? path.filename() : path.parent_path().filename();
        wanted = QString::fromStdString((fs::is_directory(path, ignored) ? last : path.stem()).string());
    }
    QString tried = wanted;
    for (int number = 2; find(tried) != nullptr; ++number) {
        tried = QStringLiteral("%1-%2").arg(wanted).arg(number);
    }
    return tried;
}

} // namespace lori::ui
