package dev.terrain.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an amount of memory, such as {@code 2g} or {@code 1536m}, as MiB. */
final class MemorySize implements ITypeConverter<Integer> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})([mg])");
  private static final int GIBIBYTE = 1024;

  @Override
  public Integer convert(String text) {
    Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'%s' is no amount of memory such as 2g or 1536m".formatted(text));
    }
    int number = Integer.parseInt(matcher.group(1));
    return matcher.group(2).equals("g") ? number * GIBIBYTE : number;
  }
}
