package org.pmf4j.hub;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Names of files as the hub has them, with slashes between folders. Has no state: any thread may
 * call it.
 */
public final class FileNames {
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  private FileNames() {}

  /**
   * True for a name that stays in the folder it is put into, on any system: neither absolute nor
   * with a drive, a backslash, or a part that leads up.
   */
  public static boolean isInside(String name) {
    return name.chars().noneMatch(c -> c == '\\' || c < ' ' || c == 0x7f)
        && Arrays.stream(name.split("/", -1)).allMatch(FileNames::isPart);
  }

  private static boolean isPart(String part) {
    return !part.isEmpty()
        && !part.equals(".")
        && !part.equals("..")
        && !DRIVE.matcher(part).matches();
  }

  /** True for the name of a file that is in no folder. */
  public static boolean isPlain(String name) {
    return isInside(name) && name.indexOf('/') < 0;
  }
}
