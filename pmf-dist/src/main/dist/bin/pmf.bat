@echo off
rem The pmf command, in the caller's own folder.
rem
rem   JAVA_HOME       a Java of version 17 or later; where it is not set, the 'java' on the PATH
rem   PMF_HEAP        the largest Java heap (2g); tensors live outside of it
rem   PMF_JAVA_OPTS   further options for the JVM, after JAVA_OPTS
rem   PMF_LIB         the folder of jars, if not the one beside this script's folder
setlocal
if not defined PMF_LIB set "PMF_LIB=%~dp0..\lib"
if not defined PMF_HEAP set "PMF_HEAP=2g"

if not defined JAVA_HOME goto path
set "PMF_JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%PMF_JAVA%" goto run
echo pmf: JAVA_HOME must be the folder of a Java of version 17 or later 1>&2
exit /b 1

:path
set "PMF_JAVA=java.exe"
for %%I in (java.exe) do if not "%%~$PATH:I"=="" goto run
echo pmf: Java 17 or later is needed: put 'java' on the PATH, or set JAVA_HOME 1>&2
exit /b 1

:run
rem What is set already stays.
if not defined OPT_OUT_TRACKING set "OPT_OUT_TRACKING=true"
if not defined TF_CPP_MIN_LOG_LEVEL set "TF_CPP_MIN_LOG_LEVEL=3"
"%PMF_JAVA%" -XX:+UseSerialGC "-Xmx%PMF_HEAP%" --enable-native-access=ALL-UNNAMED ^
  -Dai.djl.offline=true -Djava.awt.headless=true %JAVA_OPTS% %PMF_JAVA_OPTS% ^
  -cp "%PMF_LIB%\*" org.pmf4j.cli.Main %*
exit /b %ERRORLEVEL%
