package bellwether.batch.array;

import bellwether.batch.tree.Nearest;
import bellwether.batch.tree.Shown;
import bellwether.batch.tree.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** One array of a NumPy .npz file: a zip archive of .npy files, packed or not. */
final class NpzMember implements ArrayFile {
  private static final String ENDING = ".npy";

  private final String name;
  private final Path path;
  private final ZipFile zip;
  private final ZipEntry entry;
  private final CheckedInputStream in;
  private final NpyFile array;

  private NpzMember(
      String name, Path path, ZipFile zip, ZipEntry entry, CheckedInputStream in, NpyFile array) {
    this.name = name;
    this.path = path;
    this.zip = zip;
    this.entry = entry;
    this.in = in;
    this.array = array;
  }

  static NpzMember open(String name, Path path, @Nullable String member, int mostDimensions)
      throws IOException, ArrayFileException {
    ZipFile zip;
    try {
      zip = new ZipFile(path.toFile());
    } catch (ZipException e) {
      throw new ArrayFileException(
          name + ": is not a .npz file: " + Shown.plain(String.valueOf(e.getMessage())));
    }
    try {
      ZipEntry entry = entry(name, zip, member);
      CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
      String shown = name + ", member " + Shown.plain(stem(entry.getName()));
      NpyFile array = NpyFile.open(shown, Channels.newChannel(in), entry.getSize(), mostDimensions);
      return new NpzMember(shown, path, zip, entry, in, array);
    } catch (IOException | ArrayFileException e) {
      zip.close();
      throw e;
    }
  }

  private static String stem(String entry) {
    return entry.endsWith(ENDING) ? entry.substring(0, entry.length() - ENDING.length()) : entry;
  }

  /** The names of the arrays in a file. */
  static List<String> members(ZipFile zip) {
    return zip.stream()
        .map(ZipEntry::getName)
        .filter(entry -> entry.endsWith(ENDING))
        .map(NpzMember::stem)
        .toList();
  }

  private static ZipEntry entry(String name, ZipFile zip, @Nullable String member)
      throws ArrayFileException {
    List<String> members = members(zip);
    String wanted = member;
    if (wanted == null && members.size() == 1) {
      wanted = members.getFirst();
    }
    ZipEntry entry = wanted == null ? null : zip.getEntry(wanted + ENDING);
    if (entry == null) {
      throw new ArrayFileException(
          name
              + (member == null
                  ? ": which of its arrays, given no member"
                  : ": has no such array, given " + Shown.text(member))
              + ", allowed: "
              + (members.isEmpty() ? "none, it holds no array" : "member: ")
              + Shown.plain(String.join(", ", members))
              + (member == null ? "" : Shown.plain(Nearest.suggestion(member, members))));
    }
    return entry;
  }

  @Override
  public int dimensions() {
    return array.dimensions();
  }

  @Override
  public long[] shape() {
    return array.shape();
  }

  @Override
  public long rows() {
    return array.rows();
  }

  @Override
  public long columns() {
    return array.columns();
  }

  @Override
  public double @Nullable [] read(RowCheck check) throws IOException, ArrayFileException {
    try {
      double[] all = array.read(check);
      if (all != null) {
        checkSum();
      }
      return all;
    } catch (ZipException e) {
      throw damaged(e);
    }
  }

  /** As {@link NpyFile#visit}. */
  void visit(RowCheck visitor) throws IOException, ArrayFileException {
    try {
      array.visit(visitor);
      checkSum();
    } catch (ZipException e) {
      throw damaged(e);
    }
  }

  private ArrayFileException damaged(ZipException e) {
    return new ArrayFileException(
        name + ": is damaged: " + Shown.plain(String.valueOf(e.getMessage())));
  }

  /** A zip file's own reader does not look at the checksum. */
  private void checkSum() throws IOException, ArrayFileException {
    in.transferTo(java.io.OutputStream.nullOutputStream());
    if (in.getChecksum().getValue() != entry.getCrc()) {
      throw new ArrayFileException(name + ": is damaged: its checksum is wrong");
    }
  }

  /** Of the whole archive. */
  @Override
  public String sha256() {
    MessageDigest digest = SourceFile.digest();
    try (InputStream all = Files.newInputStream(path)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = all.read(buffer); n >= 0; n = all.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    array.close();
    zip.close();
  }
}
