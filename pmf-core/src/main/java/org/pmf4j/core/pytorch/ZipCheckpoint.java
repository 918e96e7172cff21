package org.pmf4j.core.pytorch;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.file.Shown;
import org.pmf4j.core.pickle.PickleInput;
import org.pmf4j.core.pickle.Unpickler;
import org.pmf4j.core.store.FileRead;

/**
 * The format of PyTorch 1.6 and later: a zip file of one folder, with the pickle {@code data.pkl},
 * each storage as {@code data/KEY}, and {@code byteorder} since 2.1.
 */
final class ZipCheckpoint implements TorchMeaning.Storages {
  private static final String PICKLE = "/data.pkl";

  /** Pickles of the largest checkpoints have some megabytes. */
  private static final long LARGEST_PICKLE = 32 << 20;

  private final Path file;
  private final ZipArchive archive;
  private final String folder;
  private final Map<String, Storage> storages = new LinkedHashMap<>();
  private final Map<String, Long> positions = new LinkedHashMap<>();

  private ZipCheckpoint(Path file, ZipArchive archive, String folder) {
    this.file = file;
    this.archive = archive;
    this.folder = folder;
  }

  /**
   * Reads all but the storages.
   *
   * @throws PmfException if it is broken or no checkpoint
   */
  static Checkpoint read(Path file, FileRead bytes) {
    ZipArchive archive = ZipArchive.read(file, bytes);
    String folder = folder(file, archive);
    return new ZipCheckpoint(file, archive, folder).read(bytes);
  }

  private static String folder(Path file, ZipArchive archive) {
    List<String> pickles = archive.names().stream().filter(n -> n.endsWith(PICKLE)).toList();
    if (pickles.size() != 1) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: is a zip file, but not one of torch.save: it has %d entries data.pkl; is it the"
                  + " right file?",
              file,
              pickles.size()));
    }
    String folder = pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
    if (archive.names().contains(folder + "/constants.pkl")) {
      throw PmfException.input(
          file
              + ": is a TorchScript program, not a checkpoint; save the tensors alone in Python with"
              + " torch.save(model.state_dict(), file)");
    }
    return folder;
  }

  private Checkpoint read(FileRead bytes) {
    ZipArchive.Part pickle = archive.part(folder + PICKLE);
    if (pickle.size() > LARGEST_PICKLE) {
      throw broken("its pickle has " + pickle.size() + " bytes, more than any checkpoint's");
    }
    PickleInput input =
        new PickleInput(file, bytes::bytes, pickle.from(), pickle.from() + pickle.size());
    Object root = Unpickler.read(input, new TorchMeaning(file, this));
    return new Checkpoint(root, positions, isBigEndian(bytes));
  }

  private boolean isBigEndian(FileRead bytes) {
    String name = folder + "/byteorder";
    if (!archive.names().contains(name)) {
      return false;
    }
    ZipArchive.Part part = archive.part(name);
    int size = (int) Math.min(part.size(), 16);
    String order = new String(bytes.bytes(part.from(), size), StandardCharsets.US_ASCII);
    return switch (order) {
      case "little" -> false;
      case "big" -> true;
      default -> throw broken("its byteorder is " + Shown.quoted(order) + ", not little or big");
    };
  }

  @Override
  public void add(Storage storage, List<Object> more) {
    Storage known = storages.putIfAbsent(storage.key(), storage);
    if (known != null) {
      if (!known.equals(storage)) {
        throw broken("storage " + Shown.plain(storage.key()) + " has two sizes or types");
      }
      return;
    }
    ZipArchive.Part part = archive.part(folder + "/data/" + storage.key());
    if (part.size() != storage.bytes()) {
      throw broken(
          String.format(
              Locale.ROOT,
              "storage %s should have %d bytes, but has %d",
              Shown.plain(storage.key()),
              storage.bytes(),
              part.size()));
    }
    positions.put(storage.key(), part.from());
  }

  private PmfException broken(String what) {
    return PmfException.input(file + ": broken PyTorch file: " + what);
  }
}
