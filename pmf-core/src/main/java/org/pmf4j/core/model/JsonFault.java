package org.pmf4j.core.model;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

/** What is wrong with a JSON file, in our words. */
final class JsonFault {
  private JsonFault() {}

  static String told(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return "not valid JSON for a model: nested too deeply, or with a number or text too long";
    }
    String message = e.getOriginalMessage();
    String what =
        message != null && message.startsWith("Duplicate field")
            ? "a key stands there twice"
            : "not valid JSON";
    JsonLocation at = e.getLocation();
    return at == null
        ? what
        : what + ", at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }
}
