package org.pmf4j.api.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * May still change or go in any version, with a line in the list of changes: a plugin that uses it
 * may have to be compiled again, and says so to those who install it. Whatever lacks this mark is
 * kept, as the policy in {@code docs/api-evolution.md} says. Has no state.
 *
 * @since API version 2
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PACKAGE, ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR})
public @interface Experimental {}
