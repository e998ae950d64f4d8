@echo off
rem Find a Python (3.8 or newer suffices here) or uv, and leave the rest to start.py.
setlocal
chcp 65001 >nul
if not exist "%~dp0start.py" goto unpack
set "PATH=%PATH%;%USERPROFILE%\.local\bin"
set "PROBE=import sys; sys.exit(sys.version_info < (3, 8))"
py -3 -c "%PROBE%" >nul 2>nul && goto py
python -c "%PROBE%" >nul 2>nul && goto python
python3 -c "%PROBE%" >nul 2>nul && goto python3
uv --version >nul 2>nul && uv run --no-project --python 3.12 python -c "" && goto uv
type "%~dp0ita_helpers\language\th\program\no_python.txt"
start "" notepad "%~dp0ita_helpers\language\th\program\no_python.txt"
pause
exit /b 1

:py
py -3 "%~dp0start.py" %*
goto end

:python
python "%~dp0start.py" %*
goto end

:python3
python3 "%~dp0start.py" %*
goto end

:uv
uv run --no-project --python 3.12 "%~dp0start.py" %*

:end
set "STATUS=%ERRORLEVEL%"
if not "%STATUS%"=="0" if "%~1"=="" pause
exit /b %STATUS%

:unpack
echo Please unpack the whole zip file first ^(Extract All^), then open start.bat from that folder.
powershell -NoProfile -Command "(New-Object -ComObject WScript.Shell).Popup([regex]::Unescape('\u0e42\u0e1b\u0e23\u0e14\u0e41\u0e15\u0e01\u0e41\u0e1f\u0e49\u0e21 zip \u0e17\u0e31\u0e49\u0e07\u0e2b\u0e21\u0e14\u0e01\u0e48\u0e2d\u0e19 (\u0e04\u0e25\u0e34\u0e01\u0e02\u0e27\u0e32\u0e17\u0e35\u0e48\u0e41\u0e1f\u0e49\u0e21 zip \u0e41\u0e25\u0e49\u0e27\u0e40\u0e25\u0e37\u0e2d\u0e01 \u0e41\u0e22\u0e01\u0e17\u0e31\u0e49\u0e07\u0e2b\u0e21\u0e14) \u0e41\u0e25\u0e49\u0e27\u0e40\u0e1b\u0e34\u0e14 start \u0e08\u0e32\u0e01\u0e42\u0e1f\u0e25\u0e40\u0e14\u0e2d\u0e23\u0e4c\u0e17\u0e35\u0e48\u0e44\u0e14\u0e49'))" >nul
pause
exit /b 1
