// SPDX-License-Identifier: Apache-2.0
#include "core/formats/torch_file.h"

#include "core/formats/byte_reader.h"
#include "core/formats/checked.h"
#include "core/formats/mapped_tensors.h"
#include "core/formats/pickle.h"
#include "core/formats/zip_file.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>

// New form: a zip with NAME/data.pkl (the dictionary), NAME/data/KEY (the bytes of each storage) and NAME/byteorder.
// Old form: five pickles (a magic number, the protocol, facts about the machine, the dictionary, the list of keys), then for each
// key a u64 count and the entries.

namespace lori::formats {

namespace {

using Storages = std::map<std::string, std::span<const std::byte>>; ///< bytes by key

[[noreturn]] void badTorchFile(const std::string& what, const std::string& where, ErrorCode code = ErrorCode::BadFile)
{
    throw Exception(code, what,
                    code == ErrorCode::BadFile ? "the file is damaged or not from torch.save: download it again"
                                               : "save it again with torch.save",
                    where);
}

std::uint64_t bytesOf(const PickleStorage& storage)
{
    return byteSize(storage.dtype, static_cast<std::uint64_t>(storage.entries)).value();
}

bool isContiguous(const PickleTensor& tensor)
{
    std::int64_t expected = 1;
    for (std::size_t i = tensor.shape.size(); i-- > 0;) {
        if (tensor.shape[i] != 1 && tensor.strides[i] != expected) {
            return false;
        }
        expected *= tensor.shape[i];
    }
    return true;
}

/// The entries in the order of the shape.
std::vector<std::byte> copyOf(const PickleTensor& tensor, std::span<const std::byte> storage, std::size_t width,
                              std::int64_t count)
{
    std::vector<std::byte> copy(static_cast<std::size_t>(count) * width);
    std::vector<std::int64_t> index(tensor.shape.size(), 0);
    std::int64_t at = tensor.offset;
    for (std::int64_t i = 0; i < count; ++i) {
        std::memcpy(copy.data() + static_cast<std::size_t>(i) * width, storage.data() + static_cast<std::size_t>(at) * width,
                    width);
        for (std::size_t d = index.size(); d-- > 0;) {
            at += tensor.strides[d];
            if (++index[d] < tensor.shape[d]) {
                break;
            }
            at -= tensor.strides[d] * tensor.shape[d];
            index[d] = 0;
        }
    }
    return copy;
}

/// Makes the tensors of a pickle's dictionary, given the bytes of its storages.
class Collector final {
public:
    Collector(const Pickle& pickle, const Storages& storages, std::uint64_t fileSize, const std::string& where)
        : m_pickle(pickle), m_storages(storages), m_copyBudget(fileSize), m_where(where)
    {
    }

    std::unique_ptr<MappedTensors> collect()
    {
        const auto* dictionary = std::get_if<PickleDictionary>(&m_pickle.at(m_pickle.root));
        if (dictionary == nullptr) {
            badTorchFile("the file holds no dictionary of tensors", m_where);
        }
        for (const auto& [key, value] : dictionary->items) {
            const auto* name = std::get_if<std::string_view>(&m_pickle.at(key));
            if (name == nullptr) {
                badTorchFile("a key of the dictionary is no text", m_where);
            }
            const auto* tensor = std::get_if<PickleTensor>(&m_pickle.at(value));
            if (tensor == nullptr) {
                badTorchFile("the entry '" + shownText(*name) + "' of the dictionary is no tensor", m_where);
            }
            m_tensors->add(viewOf(std::string(*name), *tensor), m_where);
        }
        return std::move(m_tensors);
    }

private:
    TensorView viewOf(std::string name, const PickleTensor& tensor)
    {
        const auto& storage = std::get<PickleStorage>(m_pickle.at(tensor.storage));
        const std::span<const std::byte> bytes = bytesFor(storage);
        TensorView view;
        view.name = std::move(name);
        view.dtype = storage.dtype;
        view.shape = tensor.shape;
        const auto width = static_cast<std::size_t>(byteSize(storage.dtype, 1).value());
        const std::int64_t count = view.count();
        const std::size_t size = static_cast<std::size_t>(count) * width;
        if (count == 0 || isContiguous(tensor)) {
            view.bytes = count == 0 ? bytes.first(0) : bytes.subspan(static_cast<std::size_t>(tensor.offset) * width, size);
            return view;
        }
        if (size > m_copyBudget) { // many views of one storage would else take memory that the file never had
            badTorchFile("the transposed tensors of the file together are larger than the file", m_where);
        }
        m_copyBudget -= size;
        std::vector<std::byte> copy = copyOf(tensor, bytes, width, count);
        view.bytes = copy;
        m_tensors->keep(std::move(copy)); // moving keeps the bytes where they are
        return view;
    }

    [[nodiscard]] std::span<const std::byte> bytesFor(const PickleStorage& storage) const
    {
        const auto found = m_storages.find(storage.key);
        if (found == m_storages.end()) {
            badTorchFile("the storage '" + shownText(storage.key) + "' is missing in the file", m_where);
        }
        const std::uint64_t needed = bytesOf(storage);
        if (found->second.size() < needed) {
            badTorchFile("the storage '" + shownText(storage.key) + "' has " + std::to_string(found->second.size()) +
                             " bytes, but needs " + std::to_string(needed),
                         m_where);
        }
        return found->second;
    }

    const Pickle& m_pickle;
    const Storages& m_storages;
    std::uint64_t m_copyBudget;
    std::string m_where;
    std::unique_ptr<MappedTensors> m_tensors = std::make_unique<MappedTensors>();
};

std::unique_ptr<MappedTensors> readZipForm(std::span<const std::byte> file, const std::string& where)
{
    const std::string pickleName = "/data.pkl";
    const std::vector<ZipEntry> entries = zipEntries(file, where);
    const auto isPickle = [&](const ZipEntry& entry) {
        return entry.name.ends_with(pickleName) && entry.name.find('/') == entry.name.size() - pickleName.size();
    };
    const auto main = std::find_if(entries.begin(), entries.end(), isPickle);
    if (main == entries.end() || std::count_if(entries.begin(), entries.end(), isPickle) != 1) {
        badTorchFile("the zip has no single data.pkl, so torch.save did not write it", where);
    }
    const std::string folder = main->name.substr(0, main->name.size() - pickleName.size() + 1);
    Storages storages;
    for (const ZipEntry& entry : entries) {
        const std::string_view order(reinterpret_cast<const char*>(entry.bytes.data()), entry.bytes.size());
        if (entry.name == folder + "byteorder" && order != "little") {
            badTorchFile("the file was saved on a big-endian machine", where, ErrorCode::Unsupported);
        }
        if (entry.name.starts_with(folder + "data/")) {
            storages[entry.name.substr(folder.size() + 5)] = entry.bytes;
        }
    }
    const Pickle pickle = readPickle(main->bytes, where);
    return Collector(pickle, storages, file.size(), where).collect();
}

/// The magic number of the old form, as a pickle of any protocol up to 3 writes it (behind the protocol's two bytes).
constexpr std::array<std::uint8_t, 13> kOldMagic{0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e};

bool isOldForm(std::span<const std::byte> file)
{
    return file.size() > 2 + kOldMagic.size() && std::memcmp(file.data() + 2, kOldMagic.data(), kOldMagic.size()) == 0;
}

Storages readOldStorages(ByteReader& reader, const Pickle& keys, const std::map<std::string, PickleStorage>& known)
{
    const auto* list = std::get_if<PickleSequence>(&keys.at(keys.root));
    if (list == nullptr) {
        badTorchFile("the list of storages is missing", reader.where());
    }
    Storages storages;
    for (const PickleRef item : list->items) {
        const auto* key = std::get_if<std::string_view>(&keys.at(item));
        const auto storage = key == nullptr ? known.end() : known.find(std::string(*key));
        if (storage == known.end()) {
            badTorchFile("the list of storages names one that no tensor uses", reader.where());
        }
        const auto count = reader.read<std::uint64_t>("the size of a storage");
        if (count != static_cast<std::uint64_t>(storage->second.entries)) {
            badTorchFile("the storage '" + shownText(*key) + "' has " + std::to_string(count) + " entries, but its tensors say " +
                             std::to_string(storage->second.entries),
                         reader.where());
        }
        storages[storage->first] = reader.take(bytesOf(storage->second), "a storage");
    }
    return storages;
}

std::unique_ptr<MappedTensors> readOldForm(std::span<const std::byte> file, const std::string& where)
{
    ByteReader reader(file, where);
    const auto next = [&] {
        Pickle pickle = readPickle(file.subspan(static_cast<std::size_t>(reader.position())), where);
        (void)reader.take(pickle.length, "a pickle");
        return pickle;
    };
    (void)reader.take(2 + kOldMagic.size(), "the magic number");
    (void)next(); // the protocol
    const Pickle facts = next();
    if (const auto* machine = std::get_if<PickleDictionary>(&facts.at(facts.root))) {
        for (const auto& [key, value] : machine->items) {
            const auto* name = std::get_if<std::string_view>(&facts.at(key));
            const bool* flag = std::get_if<bool>(&facts.at(value));
            if (name != nullptr && *name == "little_endian" && flag != nullptr && !*flag) {
                badTorchFile("the file was saved on a big-endian machine", where, ErrorCode::Unsupported);
            }
        }
    }
    const Pickle pickle = next();
    std::map<std::string, PickleStorage> known;
    for (const PickleValue& value : pickle.values) {
        if (const auto* storage = std::get_if<PickleStorage>(&value)) {
            const auto [place, isNew] = known.emplace(storage->key, *storage);
            if (!isNew && (place->second.dtype != storage->dtype || place->second.entries != storage->entries)) {
                badTorchFile("the storage '" + shownText(storage->key) + "' is described in two ways", where);
            }
        }
    }
    const Pickle keys = next();
    const Storages storages = readOldStorages(reader, keys, known);
    return Collector(pickle, storages, file.size(), where).collect();
}

bool startsWith(std::span<const std::byte> file, std::string_view text)
{
    return file.size() >= text.size() && std::memcmp(file.data(), text.data(), text.size()) == 0;
}

} // namespace

Result<std::unique_ptr<TensorFile>> openTorchFile(const std::filesystem::path& path)
{
    return guard([&]() -> std::unique_ptr<TensorFile> {
        MappedFile file = MappedFile::open(path).value();
        const std::string where = path.string();
        std::unique_ptr<MappedTensors> tensors;
        if (startsWith(file.bytes(), "PK")) {
            tensors = readZipForm(file.bytes(), where);
        } else if (isOldForm(file.bytes())) {
            tensors = readOldForm(file.bytes(), where);
        } else {
            if (startsWith(file.bytes(), "\x80") || startsWith(file.bytes(), "c")) {
                (void)readPickle(file.bytes(), where); // a bare pickle: says by name what it would have run
            }
            badTorchFile("this is no file of torch.save", where);
        }
        tensors->keep(std::move(file));
        return tensors;
    });
}

bool isTorchFile(const std::filesystem::path& path)
{
    const auto file = MappedFile::open(path);
    if (!file) {
        return false;
    }
    // A safetensors header may be as long as these bytes say, but then its JSON follows.
    const bool isSafetensors = file->bytes().size() > 8 && file->bytes()[8] == std::byte{'{'};
    const bool isMeant = path.extension() == ".pt" || path.extension() == ".pth" || path.extension() == ".bin";
    return !isSafetensors && (isMeant || startsWith(file->bytes(), "PK\x03\x04") || startsWith(file->bytes(), "\x80"));
}

} // namespace lori::formats
